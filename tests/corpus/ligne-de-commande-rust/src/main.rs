fn main() {
    println!("{}", extraire("a"));
}

fn extraire(texte: &str) -> &str {
    texte
}

#[cfg(test)]
mod tests {
    #[test]
    fn extrait() {
        assert_eq!(super::extraire("a"), "a");
    }
}
