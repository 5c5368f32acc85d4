def compter(lignes):
    return len(lignes)
