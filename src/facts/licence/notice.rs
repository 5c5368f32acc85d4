// SPDX-License-Identifier: EUPL-1.2
//! Statements of licence in prose, French and English: what is granted, for which part, on which line.
//!
//! Silence is allowed, error is not. A negation, a condition, a recommendation, a quotation and the software of others
//! say nothing about this repository.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::expression::spdx_headers;
use super::leftover;
use super::names::{Mention, id_of_address, is_bare_gnu, mentions};
use super::prose::{self, Badge, Prose, Sentence};
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

/// What part of a repository a statement covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The repository, without further words.
    All,
    /// Source code.
    Code,
    /// Documentation.
    Docs,
    /// Texts, pages, media.
    Content,
    /// Data.
    Data,
}

/// Where a statement stands; earlier weighs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An `SPDX-License-Identifier` line of the README itself.
    Header,
    /// A sentence under a heading about licences.
    Section,
    /// A sentence elsewhere.
    Sentence,
    /// The text of a badge.
    Badge,
}

/// One statement of licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it covers.
    pub scope: Scope,
    /// SPDX expression.
    pub expression: String,
    /// Line, from 1.
    pub line: u32,
    /// The sentence as written, without markup.
    pub raw: String,
    /// Where it stands.
    pub source: Source,
    /// Certainty in permille; lower where the version is assumed.
    pub confidence: u16,
    /// The licence file that it links to, as written.
    pub linked_path: Option<String>,
}

/// What a README says of licences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadmeIdentification {
    /// Statements of the strongest source, in order of lines.
    pub statements: Vec<Statement>,
    /// All of them joined; `None` when the README says nothing certain.
    pub expression: Option<String>,
    /// Links to a licence file, with their line, whether or not a licence is named there.
    pub links: Vec<(u32, String)>,
}

/// Reads the statements of licence of a README.
pub fn identify_readme(text: &str) -> ReadmeIdentification {
    identify(text, false)
}

/// Reads a short file about licences: every sentence stands in a licence section.
pub(super) fn identify_licence_notice(text: &str) -> ReadmeIdentification {
    identify(text, true)
}

fn identify(text: &str, is_notice: bool) -> ReadmeIdentification {
    let prose = prose::read(text);
    let mut all: Vec<Statement> = headers(&prose);
    let mut links = Vec::new();
    let mut context = Context::default();
    for sentence in &prose.sentences {
        let place = if is_notice {
            Place::Licence
        } else {
            place(&sentence.headings)
        };
        context.enter(sentence);
        if let Some(path) = licence_link(&sentence.links) {
            links.push((sentence.line, path));
        }
        if place != Place::Foreign {
            all.extend(read_sentence(sentence, place, &mut context));
        }
    }
    all.extend(prose.badges.iter().filter_map(read_badge));
    let strongest = all.iter().map(|statement| statement.source).min();
    all.retain(|statement| Some(statement.source) == strongest);
    all.sort_by_key(|statement| statement.line);
    all.dedup_by(|b, a| a.scope == b.scope && a.expression == b.expression);
    let expression = join(&all);
    ReadmeIdentification {
        statements: all,
        expression,
        links,
    }
}

/// Every statement holds for its part: AND, each once, the most precise form of a GNU licence.
fn join(statements: &[Statement]) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    for statement in statements {
        let expression = statement.expression.as_str();
        let vaguer = is_bare_gnu(expression)
            && statements.iter().any(|other| {
                other
                    .expression
                    .strip_prefix(expression)
                    .is_some_and(|rest| rest.starts_with('-'))
            });
        if !vaguer && !out.contains(&expression) {
            out.push(expression);
        }
    }
    let several = out.len() > 1;
    let parts: Vec<String> = out
        .into_iter()
        .map(|part| {
            if several && part.contains(" OR ") {
                format!("({part})")
            } else {
                part.to_owned()
            }
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// Lines at the head in which a README may carry a header of its own.
const HEADER_LINES: u32 = 30;

fn headers(prose: &Prose) -> Vec<Statement> {
    prose
        .plain_lines
        .iter()
        .filter(|(line, _)| *line <= HEADER_LINES)
        .filter_map(|(line, text)| {
            let (_, expression) = spdx_headers(text).into_iter().next()?;
            Some(Statement {
                scope: Scope::All,
                expression,
                line: *line,
                raw: text.trim().to_owned(),
                source: Source::Header,
                confidence: 950,
                linked_path: None,
            })
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Under a heading about licences.
    Licence,
    /// Under a heading about the work of others.
    Foreign,
    Elsewhere,
}

fn place(headings: &[String]) -> Place {
    static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:licen[cs]\w*|copyrights?|droits?\b.*(?:auteurs?|utilisation)|mentions legales|legal)\b",
        )
    });
    static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?x)\b(?:third[\ -]part(?:y|ies) | tiers | tierces | credits? | dependenc\w+ | dependances? | acknowledge?ments? | remerciements?
            | fonts? | polices? | icons? | icones? | images? | photos? | logos? | illustrations? | librar(?:y|ies) | bibliotheques? | sources? | references?
            | changelog | faq | examples? | exemples? | related | alternatives? | contribut\w+ | similar )\b",
        )
    });
    // the title of the document names the project
    let mut place = Place::Elsewhere;
    for (at, heading) in headings.iter().enumerate() {
        let folded = fold_plain(heading);
        if LICENCE.is_match(&folded)
            && (at > 0 || headings.len() == 1 && folded.split_whitespace().count() <= 4)
        {
            place = Place::Licence;
            if FOREIGN.is_match(&folded) && folded.contains("part") {
                return Place::Foreign;
            }
        } else if FOREIGN.is_match(&folded) && at > 0 {
            return Place::Foreign;
        }
    }
    place
}

#[derive(Debug, Default)]
struct Context {
    headings: Vec<String>,
    /// A negation or a foreign subject in the block at hand.
    foreign_block: bool,
}

impl Context {
    fn enter(&mut self, sentence: &Sentence) {
        if sentence.opens_block {
            self.foreign_block = false;
        }
        if self.headings != sentence.headings {
            self.headings.clone_from(&sentence.headings);
            self.foreign_block = false;
        }
    }
}

/// What takes the statement back: negation, condition, past, comparison, advice.
static UNSAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:
          n'(?:est|etait|a|ont|y)\b[^.;]{0,40}?\b(?:pas|plus|jamais|aucun\w*|ni) | ne\ (?:sont|sera|seront|peut|peuvent|doit|doivent|releve\w*|s'applique)\b[^.;]{0,40}?\b(?:pas|plus|jamais|ni)
        | pas\ (?:sous|encore|de\ licen) | non\ (?:couvert|soumis|licencie|publie)\w* | sans\ licen\w+ | aucune\ licen\w+ | ni\ sous
        | not\b | isn't | aren't | doesn't | don't | never | no\ longer | neither | nor\b | cannot | can't | won't | without\ (?:a\ )?licen[cs]e
        | unlike | contrairement | instead\ of | au\ lieu\ d\w+ | plutot\ que | rather\ than | previously | formerly | anciennement | auparavant
        | anterieurement | initialement | originally | until | jusqu'\w* | avant\b | was\ (?:previously\ )?(?:licensed|released|published)
        | etait | etaient | were\b | in(?:compatible|compatibles)\b | compatibles?\b | equivalent\w* | similar | similaire\w*
        | par\ exemple | for\ (?:example|instance) | e\.g | such\ as | tel(?:le)?s?\ que | recommend\w* | recommand\w+ | preconis\w+ | should\b | devrai\w+ | could\b | might\b | pourrai\w+
        | passer\w* | passage | bascul\w+ | migr\w+ | envisag\w+ | souhait\w+ | hesit\w+ | pourquoi | reste\ a | will\ be | would\b | sera\b | seront\b | prevu\w* | planned | todo | choisi\w* | choose | choosing | if\b | si\ (?:vous|le|la|on|votre) | whether
        | votre\ (?:contribution|code|projet) | vos\ contributions? | your\ (?:contributions?|code|project|own) | contributions?\b | contribut(?:ing|e|or)\b | contribuer | contribuant
        | comparaison | comparison | versus | vs\b | liste\ des\ licen | list\ of\ licen | types?\ (?:of|de)\ licen | what\ is | qu'est | lorsqu\w* | when\b
        )",
    )
});

/// Subjects that belong to others, or to a part that is not named.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:
          fonts?(?:[\ -]awesome)? | polices? | fontes? | typefaces? | icons? | icones? | logos? | images? | photos? | photographies? | illustrations? | pictograms? | pictogrammes?
        | librar(?:y|ies) | bibliotheques? | librairies? | dependenc\w+ | dependances? | third[\ -]part\w+ | tiers | tierces? | plugins? | themes? | templates? | frameworks? | packages?
        | (?:s'appuie\w* | repose\w* | relies | rely | built | construit\w*)\ (?:sur|on|upon|with) | powered\ by | adapte\w* | adapted | derive\w* | based\ on | base\w*\ sur | issue?s? (?:de|du|des)? | inspire\w* | provenant | provien\w* | extrait\w* | tire\w*\ d\w+ | forke?d? | clone
        | uses? | using | used | utilis\w+ | integre\w* | inclu\w+ | include[sd]? | including | bundle\w* | contien\w+ | contains? | embarqu\w+ | repris\w* | reprend\w*
        | some | several | certain\w* | quelques | portions? | parties? | parts? | other | autres? | many | each | chaque
        | openstreetmap | osm | wikipedia | wikimedia | wikidata | fonds?\ de\ carte | tuiles? | tiles? | maps? | created\ by | cree\w*\ par | written\ by
        )\b",
    )
});

/// « this library », « cette bibliothèque »: one's own, whatever it is; standing phrases that only look foreign.
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:this | these | our | cette | ce | cet | ces | notre | nos)\ (?:\w+[\ -]){0,2}?(?:librar(?:y|ies)|bibliotheques?|librairies?|packages?|plugins?|themes?|templates?|frameworks?|fonts?|polices?|images?|icons?|logos?|list)\b
        | \b(?:conditions|terms)\ (?:of\ use|d'utilisation) | \b(?:uses|utilise)\ (?:the|la|une|an|a)\b | \bmay\ be\ used\b | \bcan\ be\ used\b | \bfree\ to\ use\b
        | \blibres?\ (?:de\ )?(?:re)?utilis\w+ | \b(?:re)?utilisables?\b | \bopen[\ -]sourced?\b",
    )
});

/// Words that lead to the name of the licence that governs.
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x)(?:^|\W)(?:
          under | sous | (?:selon|suivant)\ les\ (?:termes|conditions)\ de | aux\ (?:termes|conditions)\ de | couvert\w*\ par | covered\ by | governed\ by | regi\w*\ par | protege\w*\ par | protected\ by
        | soumis\w*\ (?:a|au|aux) | subject\ to | licen[cs]ed\ (?:as|with|using|by) | (?:available|released|distributed|published|provided|shared|open[\ -]sourced?)\ (?:as|with|through|by|via|in)
        | licen[cs]e\ (?:is|est|used\ is|utilisee\ est|choisie\ est|retenue\ est)(?:\ :)? | (?:uses|utilise)\ (?:the|la|une|an|a) | according\ to | by\ the\ terms\ of | respecte\w*
        | (?:publie|distribue|diffuse|place|propose|fourni|mis|partage|disponible)\w*(?:\ a\ disposition)?\ (?:sous|avec|en|selon) | est\ (?:en|un\ logiciel)
        )
        (?P<gap>(?:[\s:,'"()«»/-]+[\w'’.-]+){0,9}?)[\s:,'"()«»/-]*$"#,
    )
});

/// A verb of publication, or words that open a sentence without a subject.
static GRANTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:licen[cs]ed | released | distributed | published | available | provided | covered | governed | protected | shared | open[\ -]sourced? | placed | offered
        | publie\w* | distribue\w* | diffuse\w* | place\w* | mise?s?\ a\ disposition | disponibles? | soumis\w* | couvert\w* | regi\w* | proteg\w* | propose\w* | fourni\w* | partage\w* | licencie\w* | redistribute)\b
        | \b(?:is|are|est|sont)\ (?:\w+\ ){0,3}?(?:under|sous)\b | ^\W*sous\b | ^\W*under\b",
    )
});

/// The repository itself as subject.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^\W*(?:licen[cs]ed|released|distributed|published|publie\w*|distribue\w*|diffuse\w*|sous|under|available|disponible\w*|copyright|©)
        | \b(?:this | these | ce | cet | cette | ces | notre | nos | our | it\ is | il\ est | elle\ est | project | projet | repository | repo | depot | code | codes | software | logiciels? | application | programme? | sources?
        | documentation | documents? | contenus? | content | donnees | data | dataset | list | liste | site | website | api | tool | outil | work | you\ can\ redistribute)\b",
    )
});

fn read_sentence(sentence: &Sentence, place: Place, context: &mut Context) -> Vec<Statement> {
    let cleaned = without_quotations(&sentence.text);
    let folded = Folded::new(&cleaned);
    let text = folded.text.as_str();
    let found = mentions(text, &|range| folded.is_proper(&cleaned, range));
    if found.is_empty() {
        let foreign = FOREIGN.is_match(&OWN.replace_all(text, " "));
        context.foreign_block |= foreign && place == Place::Elsewhere;
        return Vec::new();
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut clause_start = 0;
    let mut continues = false;
    for (at, mention) in found.iter().enumerate() {
        let clause = &text[clause_start..mention.range.start];
        let prefix = &text[..mention.range.start];
        let joined = at > 0
            && continues
            && is_connector(&text[found[at - 1].range.end..mention.range.start]);
        let subject = if groups.is_empty() { prefix } else { clause };
        let accepted = joined
            || is_granted(
                sentence,
                place,
                &Parts {
                    clause,
                    prefix,
                    subject,
                    behind: behind(text, mention),
                },
            );
        // an assertion about the block's foreign subject is foreign
        if !accepted || (context.foreign_block && place == Place::Elsewhere) {
            continues = false;
            clause_start = mention.range.end;
            continue;
        }
        continues = true;
        let id = identifier(mention, sentence);
        let is_choice = joined && is_or(&text[found[at - 1].range.end..mention.range.start]);
        clause_start = mention.range.end;
        match groups.last_mut().filter(|_| joined) {
            Some(group) => group.add(id, mention, is_choice),
            None => groups.push(Group::new(id, mention, scope_of(clause, sentence))),
        }
    }
    let offered = leftover::offers_choice(text);
    groups
        .into_iter()
        .filter(|group| !group.is_vague)
        .flat_map(|group| group.into_statements(sentence, place, offered))
        .collect()
}

#[derive(Debug)]
struct Group {
    scope: Scope,
    ids: Vec<String>,
    is_choice: bool,
    is_stated: bool,
    /// A member of a list whose identifier is not known: the list cannot be told.
    is_vague: bool,
}

impl Group {
    fn new(id: Option<String>, mention: &Mention, scope: Scope) -> Self {
        Self {
            scope,
            is_vague: id.is_none(),
            ids: id.into_iter().collect(),
            is_choice: false,
            is_stated: mention.is_version_stated,
        }
    }

    fn add(&mut self, id: Option<String>, mention: &Mention, is_choice: bool) {
        self.is_choice |= is_choice;
        self.is_stated &= mention.is_version_stated;
        match id {
            // « AGPL-3.0 (GNU AGPL) », « EUPL 1.2 (EUPL) »: one licence said twice
            Some(id)
                if self
                    .ids
                    .iter()
                    .any(|known| known == &id || known.starts_with(&format!("{id}-"))) => {}
            Some(id) => {
                if let Some(known) = self
                    .ids
                    .iter_mut()
                    .find(|known| id.starts_with(&format!("{known}-")) && is_bare_gnu(known))
                {
                    *known = id;
                } else {
                    self.ids.push(id);
                }
            }
            None => self.is_vague = self.ids.is_empty() || is_choice,
        }
    }

    fn into_statements(self, sentence: &Sentence, place: Place, offered: bool) -> Vec<Statement> {
        let source = if place == Place::Licence {
            Source::Section
        } else {
            Source::Sentence
        };
        let certain: u16 = if source == Source::Section { 850 } else { 750 };
        let make = |expression: String| Statement {
            scope: self.scope,
            expression,
            line: sentence.line,
            raw: sentence.text.clone(),
            source,
            confidence: if self.is_stated {
                certain
            } else {
                certain - 200
            },
            linked_path: licence_link(&sentence.links),
        };
        if self.ids.len() > 1 && (self.is_choice || offered) {
            vec![make(self.ids.join(" OR "))]
        } else {
            self.ids.iter().cloned().map(make).collect()
        }
    }
}

/// The identifier of a mention, made more precise by a link of the sentence to the same licence.
fn identifier(mention: &Mention, sentence: &Sentence) -> Option<String> {
    let linked = sentence.links.iter().filter_map(|link| id_of_address(link));
    match &mention.id {
        Some(id) if !mention.is_version_stated => {
            let family = id.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let same: Vec<String> = linked.filter(|other| other.starts_with(family)).collect();
            Some(same.into_iter().next().unwrap_or_else(|| id.clone()))
        }
        Some(id) if is_bare_gnu(id) => {
            let precise = linked
                .into_iter()
                .find(|other| other.starts_with(&format!("{id}-or")));
            Some(precise.unwrap_or_else(|| id.clone()))
        }
        other => other.clone(),
    }
}

/// The words around a mention that decide.
struct Parts<'text> {
    /// Since the mention before.
    clause: &'text str,
    /// Since the start of the sentence.
    prefix: &'text str,
    /// Where the subject stands.
    subject: &'text str,
    /// A verb right behind.
    behind: &'text str,
}

fn is_granted(sentence: &Sentence, place: Place, parts: &Parts<'_>) -> bool {
    let own = OWN.replace_all(parts.subject, " ");
    if UNSAID.is_match(&without_apology(parts.prefix))
        || UNSAID.is_match(parts.behind)
        || FOREIGN.is_match(&own)
    {
        return false;
    }
    if is_label(parts.clause, sentence, place) {
        return true;
    }
    let led = LEADS.is_match(parts.clause);
    match place {
        Place::Licence => led || is_bare(parts.clause, sentence),
        Place::Elsewhere => led && GRANTS.is_match(parts.prefix) && SUBJECT.is_match(parts.prefix),
        Place::Foreign => false,
    }
}

/// The few words behind a mention that may take it back.
fn behind<'text>(text: &'text str, mention: &Mention) -> &'text str {
    let rest = &text[mention.range.end..];
    let end = rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at);
    let rest = &rest[..end];
    let stop = rest.find([',', '.', ';', '(', ':']).unwrap_or(rest.len());
    // only a verb right behind the name concerns it
    match rest[..stop].trim_start() {
        tail if tail.starts_with("n'est")
            || tail.starts_with("is not")
            || tail.starts_with("does not")
            || tail.starts_with("ne s")
            || tail.starts_with("is compatible")
            || tail.starts_with("est compatible") =>
        {
            tail
        }
        _ => "",
    }
}

fn without_apology(prefix: &str) -> String {
    // « sauf mention contraire », « unless otherwise stated »: exceptions elsewhere, the rule stands
    static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:sauf|unless|except)\s+(?:where\s+|as\s+)?(?:mention|indication|precision|otherwise|noted)[^,:]*,?|if\s+not\s+(?:otherwise\s+)?(?:stated|specified)",
        )
    });
    OTHERWISE.replace_all(prefix, " ").into_owned()
}

/// « Licence : MIT », « Code : MIT ».
fn is_label(clause: &str, sentence: &Sentence, place: Place) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W*(?:(?:software|project|code|sources?)\s+)?(?:licen[cs]es?|sous licence)(?:\s+(?:du|de|des|of|for)(?:\s+(?:la|le|the|ce|this))?\s+\w+)?\s*(?:[:=|–—-]|\s-\s)\s*(?:the|la|le|l'|gnu)?\s*$",
        )
    });
    static SCOPED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W*(?:[\w'-]+\s+){0,4}[\w'-]+\s*(?::|=|->|→|—|–)\s*(?:the\s+|la\s+|licen[cs]e\s+)*$",
        )
    });
    LABEL.is_match(clause) && (sentence.opens_block || place == Place::Licence)
        || place == Place::Licence
            && SCOPED.is_match(clause)
            && scope_of(clause, sentence) != Scope::All
}

/// A block of a licence section that opens with the name: « MIT », « The MIT License. See LICENSE ».
fn is_bare(clause: &str, sentence: &Sentence) -> bool {
    static LITTLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W*(?:(?:the|la|le|les|l|licen[cs]es?|licen[cs]ed|gnu|a|an|is|est|d|this|ce|c'est|it's|copyright|c|domaine|domain|public)\W+)*$",
        )
    });
    LITTLE.is_match(clause) && sentence.text.split_whitespace().count() <= 30
}

fn is_connector(between: &str) -> bool {
    static CONNECTOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?x)^[\s,;/)("'|+&-]*(?:licen[cs]es?)?[\s,;/)("'|+&-]*(?:(?:and|et|ou|or|ou\ bien|and/or|et/ou|as\ well\ as|ainsi\ que|plus)\b)?[\s,;/)("'|+&-]*
            (?:(?:the|la|le|les|l|sous|under|a|de|of|either|licen[cs]es?|gnu|version|libres?)\b[\s,'/(-]*)*$"#,
        )
    });
    CONNECTOR.is_match(between)
}

fn is_or(between: &str) -> bool {
    between
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "or" || word == "ou")
        || between.trim() == "/"
        || between.trim() == "|"
}

/// The part that `clause` speaks of.
fn scope_of(clause: &str, sentence: &Sentence) -> Scope {
    static WORDS: LazyLock<[(Scope, Regex); 4]> = LazyLock::new(|| {
        [
            (
                Scope::Code,
                pattern(
                    r"\b(?:codes?|sources?|logiciels?|software|scripts?|programmes?|programs?|requetes|queries|backend|frontend)\b",
                ),
            ),
            (
                Scope::Docs,
                pattern(r"\b(?:documentations?|docs?|readmes?|manuels?|manual|wiki)\b"),
            ),
            (
                Scope::Content,
                pattern(
                    r"\b(?:contenus?|contents?|textes?|texts?|articles?|guides?|redactionnel\w*|editorial|pages|supports|medias?|graphiques?|graphics)\b",
                ),
            ),
            (
                Scope::Data,
                pattern(
                    r"\b(?:donnees|data|datasets?|jeux? de donnees|base de donnees|database)\b",
                ),
            ),
        ]
    });
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\bconten(?:u|us|t|ts)\b(?:\s+\w+){0,3}?\s+(?:depot|repository|repo|projet|project)\b|\ball (?:the )?(?:content|files)|\bl'ensemble\b|\bopen[\s-]sourced?\b|\bcreated? software\b",
        )
    });
    let text = WHOLE.replace_all(clause, " ");
    let mut hits: Vec<(usize, usize, Scope)> = WORDS
        .iter()
        .filter_map(|(scope, words)| {
            words
                .find(&text)
                .map(|found| (found.start(), found.end(), *scope))
        })
        .collect();
    hits.sort_unstable();
    let joined = |a: &(usize, usize, Scope), b: &(usize, usize, Scope)| {
        let between = text.get(a.1..b.0).unwrap_or_default();
        between.split_whitespace().count() <= 3
            && between
                .split_whitespace()
                .any(|word| word == "and" || word == "et" || word == "&")
    };
    match hits.as_slice() {
        [] => heading_scope(clause, sentence),
        [first, second, ..] if joined(first, second) => Scope::All,
        [first, ..] => first.2,
    }
}

/// « ### Code » under « ## Licence ».
fn heading_scope(clause: &str, sentence: &Sentence) -> Scope {
    let Some(last) = sentence.headings.last().filter(|_| {
        sentence.headings.len() > 1 && !clause.is_empty() || sentence.headings.len() > 2
    }) else {
        return Scope::All;
    };
    match fold_plain(last).trim() {
        "code" | "code source" | "source code" | "codes sources" | "logiciel" | "software" => {
            Scope::Code
        }
        "documentation" | "docs" => Scope::Docs,
        "contenu" | "contenus" | "content" | "textes" => Scope::Content,
        "donnees" | "data" => Scope::Data,
        _ => Scope::All,
    }
}

fn licence_link(links: &[String]) -> Option<String> {
    links
        .iter()
        .find(|link| {
            let lower = link.to_ascii_lowercase();
            let name = lower
                .trim_start_matches("file:")
                .rsplit('/')
                .next()
                .unwrap_or_default();
            let local = !lower.contains("://")
                || lower.contains("/blob/")
                || lower.contains("/tree/")
                || lower.contains("/-/");
            local
                && !lower.starts_with('#')
                && ["license", "licence", "copying", "unlicense"]
                    .iter()
                    .any(|stem| name.starts_with(stem) || lower.contains("licenses/"))
        })
        .map(|link| link.trim_start_matches("file:").to_owned())
}

/// Drops quotations long enough to be sentences of somebody else.
fn without_quotations(text: &str) -> String {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"«[^«»]*»|“[^“”]*”|"[^"]*""#));
    QUOTED
        .replace_all(text, |found: &regex::Captures<'_>| {
            let whole = found.get(0).map_or("", |part| part.as_str());
            if whole
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .count()
                >= 5
            {
                String::from(" ")
            } else {
                whole.to_owned()
            }
        })
        .into_owned()
}

/// Folded text with the way back to the original.
struct Folded {
    text: String,
    origin: Vec<usize>,
}

impl Folded {
    fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len());
        let mut origin = Vec::with_capacity(raw.len());
        for (at, c) in raw.char_indices() {
            let mut buffer = [0; 4];
            let folded = fold_plain(c.encode_utf8(&mut buffer));
            origin.extend(std::iter::repeat_n(at, folded.len()));
            text.push_str(&folded);
        }
        Self { text, origin }
    }

    /// Whether a common noun is written as a name: « Licence Ouverte », « Open Licence ».
    fn is_proper(&self, raw: &str, range: &Range<usize>) -> bool {
        let start = self.origin.get(range.start).copied().unwrap_or(0);
        let end = self.origin.get(range.end).copied().unwrap_or(raw.len());
        raw.get(start..end).is_some_and(|name| {
            name.contains("Ouverte")
                || name.contains("OUVERTE")
                || name.contains("Open") && name.contains("Licen")
                || name.contains("talab")
        })
    }
}

static SHIELD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:img\.shields\.io/badge/|badgen\.net/badge/)(?P<path>[^?#]+)"));

/// A static badge that names a licence.
fn read_badge(badge: &Badge) -> Option<Statement> {
    let path = SHIELD.captures(&badge.address)?.name("path")?.as_str();
    let path = percent_decoded(path)
        .replace("--", "\u{1}")
        .replace("__", "\u{2}");
    let path = path.trim_end_matches(".svg").trim_end_matches(".png");
    let parts: Vec<String> = path
        .split(['-', '/'])
        .map(|part| {
            part.replace('_', " ")
                .replace('\u{1}', "-")
                .replace('\u{2}', "_")
        })
        .collect();
    let (label, message) = match parts.as_slice() {
        [label, message, _, ..] => (label.clone(), message.clone()),
        [message, _] => (String::new(), message.clone()),
        _ => return None,
    };
    let folded_label = fold_plain(&label);
    if !(folded_label.contains("licen")
        || label.is_empty() && fold_plain(&message).contains("licen"))
    {
        return None;
    }
    let folded = fold_plain(&message);
    let found = mentions(&folded, &|_| true);
    let ids: Vec<String> = found
        .iter()
        .map(|mention| mention.id.clone())
        .collect::<Option<_>>()?;
    if ids.is_empty() || folded.contains("not ") {
        return None;
    }
    let or = found
        .windows(2)
        .any(|pair| is_or(&folded[pair[0].range.end..pair[1].range.start]));
    let stated = found.iter().all(|mention| mention.is_version_stated);
    Some(Statement {
        scope: Scope::All,
        expression: ids.join(if or { " OR " } else { " AND " }),
        line: badge.line,
        raw: badge.address.clone(),
        source: Source::Badge,
        confidence: if stated { 600 } else { 400 },
        linked_path: None,
    })
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let decoded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(decoded.unwrap_or(bytes[at]));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        identify_readme(text).expression.unwrap_or_default()
    }

    #[test]
    fn affirmations_are_read_in_both_languages() {
        for (text, expected) in [
            ("# P\n\nCe projet est publié sous licence MIT.", "MIT"),
            (
                "# P\n\nThis project is licensed under the MIT License.",
                "MIT",
            ),
            (
                "# P\n\n## Licence\n\n[GNU Affero General Public License v3.0 ou plus récent](https://spdx.org/licenses/AGPL-3.0-or-later.html)",
                "AGPL-3.0-or-later",
            ),
            ("# P\n\n## License\n\nMIT", "MIT"),
            (
                "# P\n\n## License\n\nThe MIT License (MIT). Please see the [license file](LICENSE).",
                "MIT",
            ),
            (
                "# P\n\n## Licence\n\nCe logiciel est distribué sous les termes de la licence CeCILL-B.",
                "CECILL-B",
            ),
            ("# P\n\nLicence : EUPL 1.2", "EUPL-1.2"),
            (
                "# P\n\n## Licence\n\nLe logiciel est diffusé sous GNU GPL v3 ou toute version ultérieure.",
                "GPL-3.0-or-later",
            ),
            (
                "# P\n\n## Licence\n\nLicensed under the Apache License, Version 2.0 (the \"License\").",
                "Apache-2.0",
            ),
            (
                "# P\n\n## License\n\nThis program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.",
                "GPL-3.0-or-later",
            ),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn what_takes_a_statement_back_gives_silence() {
        for text in [
            "# P\n\n## Licence\n\nCe projet n'est pas publié sous licence MIT.",
            "# P\n\n## Licence\n\nCe projet n’est plus distribué sous licence GPL-3.0-or-later.",
            "# P\n\n## License\n\nThis project is not licensed under the MIT License.",
            "# P\n\n## License\n\nThis project was previously released under MIT.",
            "# P\n\n## License\n\nWe recommend that you publish under EUPL-1.2.",
            "# P\n\n## Licence\n\nUne licence compatible avec la licence MIT.",
            "# P\n\n## Licence\n\nLe projet sera publié sous licence MIT.",
            "# P\n\nCe dépôt contient la licence Ouverte publiée par Etalab et recommandée pour les données.",
            "# P\n\n## License\n\nGPL",
            "# P\n\n## Licence\n\nLe code est publié sous une licence ouverte.",
        ] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn french_and_english_ways_to_say_it() {
        for (text, expected) in [
            (
                "Licence Ouverte / Open Licence 2.0 ou ultérieure",
                "etalab-2.0",
            ),
            ("licence ouverte version 2.0 (LO-OL)", "etalab-2.0"),
            ("Sous double licence MIT / etalab-2.0", "MIT OR etalab-2.0"),
            ("AGPLv3+", "AGPL-3.0-or-later"),
            ("GPL v3 ou toute version ultérieure", "GPL-3.0-or-later"),
            ("GPL-3.0 only", "GPL-3.0-only"),
            ("GPL version 2 uniquement", "GPL-2.0-only"),
            ("EUPL v1.2 ou ultérieure", "EUPL-1.2"),
            ("CeCILL-B V1", "CECILL-B"),
            (
                "Ce logiciel est régi par la licence CeCILL-B soumise au droit français et respectant les principes de diffusion des logiciels libres.",
                "CECILL-B",
            ),
            ("Les données sont sous ODbL.", "ODbL-1.0"),
            ("Données sous ODbL", "ODbL-1.0"),
            (
                "Le code est sous licence MIT, les données sous Licence Ouverte 2.0, la documentation sous CC BY-SA 4.0.",
                "MIT AND etalab-2.0 AND CC-BY-SA-4.0",
            ),
            (
                "Licensed under either of Apache License, Version 2.0 or MIT license at your option.",
                "Apache-2.0 OR MIT",
            ),
            (
                "Distribué selon les termes de la licence MIT ou de la licence Apache 2.0, au choix.",
                "MIT OR Apache-2.0",
            ),
            (
                "Ce programme est un logiciel libre : vous pouvez le redistribuer et/ou le modifier selon les termes de la Licence Publique Générale GNU publiée par la Free Software Foundation, soit la version 3 de la licence, soit (à votre gré) toute version ultérieure.",
                "GPL-3.0-or-later",
            ),
            (
                "Ce programme est un logiciel libre ; vous pouvez le redistribuer ou le modifier suivant les termes de la GNU Affero General Public License ; soit la version 3 de la licence, soit (à votre gré) toute version ultérieure.",
                "AGPL-3.0-or-later",
            ),
            (
                "Licence publique de l'Union européenne (EUPL) v1.2",
                "EUPL-1.2",
            ),
            (
                "BSD 3-Clause \"New\" or \"Revised\" License",
                "BSD-3-Clause",
            ),
            ("Domaine public (CC0 1.0)", "CC0-1.0"),
            (
                "Ce contenu est mis à disposition selon les termes de la Licence Creative Commons Attribution - Pas d'Utilisation Commerciale - Partage dans les Mêmes Conditions 4.0 International.",
                "CC-BY-NC-SA-4.0",
            ),
            (
                "Sauf mention contraire, les textes sont sous Licence Ouverte 2.0 et le code sous licence MIT.",
                "etalab-2.0 AND MIT",
            ),
            (
                "Le code est sous licence MIT depuis 2020 (auparavant GPL-3.0).",
                "MIT",
            ),
            (
                "CeCILL-C ou LGPL-2.1-or-later",
                "CECILL-C OR LGPL-2.1-or-later",
            ),
            ("MPL-2.0+", "MPL-2.0"),
            ("~~MIT~~ AGPL-3.0-or-later", "AGPL-3.0-or-later"),
            (
                "Le code source est sous licence MIT, à l'exception de la police Marianne.",
                "MIT",
            ),
        ] {
            assert_eq!(
                said(&format!("# P\n\n## Licence\n\n{text}\n")),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn plans_doubts_and_what_is_built_upon_say_nothing() {
        for text in [
            "Aucune licence n'a encore été choisie (MIT ou EUPL ?).",
            "La licence de ce projet reste à définir : MIT ou AGPL.",
            "Nous hésitons entre MIT et AGPL-3.0.",
            "Le projet passera sous licence EUPL 1.2 en 2025.",
            "Pourquoi pas la licence MIT ?",
            "En contribuant, vous acceptez que vos contributions soient publiées sous licence MIT.",
            "The MIT License is compatible with the GPL v3.",
            "La police Marianne n'est pas couverte par la licence MIT.",
            "Licence Ouverte v1.0",
            "Neither MIT nor GPL-3.0 applies.",
            "Ni MIT ni GPL-3.0.",
            "Tout sauf la licence MIT.",
            "~~MIT~~",
            "TODO: MIT",
            "« Ce logiciel est distribué sous licence GPL-3.0 », disait l'ancienne page.",
        ] {
            assert_eq!(
                said(&format!("# P\n\n## Licence\n\n{text}\n")),
                "",
                "{text}"
            );
        }
        for text in [
            "Ce projet s'appuie sur Keycloak, distribué sous licence Apache 2.0.",
            "This project is built on Keycloak, distributed under the Apache 2.0 licence.",
            "Nous collaborons avec le MIT sous la direction de Mme X.",
        ] {
            assert_eq!(said(&format!("# P\n\n{text}\n")), "", "{text}");
        }
    }

    #[test]
    fn hostile_prose_ends() {
        for text in [
            "é".repeat(500_000),
            "## Licence\n".repeat(20_000),
            "> ".repeat(100_000),
            "[".repeat(50_000),
            "[a](".repeat(20_000),
            "![".repeat(20_000),
            "sous licence MIT ".repeat(5_000),
            "<!--".repeat(20_000),
            "«".repeat(50_000),
            "licence ’é".repeat(10_000),
        ] {
            identify_readme(&text);
            super::super::identify_text(&text);
        }
    }

    #[test]
    fn the_work_of_others_and_quotations_say_nothing() {
        for text in [
            "# P\n\nThe icons are published under CC BY 4.0.",
            "# P\n\n## Licence\n\nLes icônes proviennent de X et sont sous licence CC BY 4.0.",
            "# P\n\n## Crédits\n\nPhoto par X sous licence CC BY-SA 4.0.",
            "# P\n\n## Third-party licenses\n\nMIT",
            "# P\n\n> This project is licensed under the MIT License.",
            "# P\n\nL’article dit : « ce logiciel est distribué sous la licence MIT ».",
            "# P\n\n```yml\nlicense: AGPL-3.0-or-later\n```",
            "# P\n\nCe projet utilise la bibliothèque X, distribuée sous licence MIT.",
            "# P\n\n## Licence\n\nLes données d'OpenStreetMap sont sous licence ODbL.",
        ] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn scopes_are_told_apart() {
        let scoped = |text: &str| -> Vec<(Scope, String)> {
            identify_readme(text)
                .statements
                .into_iter()
                .map(|statement| (statement.scope, statement.expression))
                .collect()
        };
        assert_eq!(
            scoped(
                "# P\n\n## Licence\n\nLe code de ce dépôt est publié sous licence EPL 2.0 et les données du dépôt sous licence Ouverte 2.0."
            ),
            [
                (Scope::Code, "EPL-2.0".to_owned()),
                (Scope::Data, "etalab-2.0".to_owned())
            ]
        );
        assert_eq!(
            scoped(
                "# P\n\n## Licence\n\nDonnées : [Licence Ouverte](https://x.example)\\\nCode : MIT"
            ),
            [
                (Scope::Data, "etalab-2.0".to_owned()),
                (Scope::Code, "MIT".to_owned())
            ]
        );
        assert_eq!(
            scoped(
                "# P\n\n## License\n\nThe source code and documentation are released under the MIT license."
            ),
            [(Scope::All, "MIT".to_owned())]
        );
        assert_eq!(
            scoped(
                "# P\n\n## License\n\nThe documentation is published under Licence Ouverte 2.0 and CC-BY-4.0."
            ),
            [
                (Scope::Docs, "etalab-2.0".to_owned()),
                (Scope::Docs, "CC-BY-4.0".to_owned())
            ]
        );
    }

    #[test]
    fn a_choice_is_or() {
        assert_eq!(
            said(
                "# P\n\n## License\n\nThis is free software available either under the CeCILL-C or the CeCILL 2.1 license."
            ),
            "CECILL-C OR CECILL-2.1"
        );
        assert_eq!(
            said(
                "# P\n\n## Licence\n\nCe logiciel est distribué, au choix, sous licence MIT ou Apache 2.0."
            ),
            "MIT OR Apache-2.0"
        );
    }

    #[test]
    fn badges_speak_when_nothing_else_does() {
        let badge = "[![l](https://img.shields.io/badge/License-CeCILL--B-blue.svg)](LICENSE)";
        let found = identify_readme(&format!("# P\n{badge}\n"));
        assert_eq!(found.expression.as_deref(), Some("CECILL-B"));
        assert_eq!(found.statements[0].source, Source::Badge);
        assert_eq!(said(&format!("# P\n{badge}\n\n## License\n\nMIT\n")), "MIT");
        assert_eq!(
            said("![x](https://img.shields.io/badge/build-MIT-blue.svg)"),
            ""
        );
        assert_eq!(said("![x](https://img.shields.io/github/license/a/b)"), "");
    }

    #[test]
    fn a_header_of_the_readme_comes_first_and_links_are_kept() {
        let found = identify_readme(
            "////\nSPDX-License-Identifier: CC-BY-SA-4.0\n////\n\n= T\n\n== Licence\n\nVoir link:LICENSE[la licence].\n",
        );
        assert_eq!(found.expression.as_deref(), Some("CC-BY-SA-4.0"));
        let found = identify_readme(
            "# P\n\n## License\n\nReleased under MIT (see [LICENSE](./LICENSE)).\n",
        );
        assert_eq!(found.links, [(5, "./LICENSE".to_owned())]);
        assert_eq!(
            found.statements[0].linked_path.as_deref(),
            Some("./LICENSE")
        );
        assert_eq!(found.statements[0].line, 5);
    }
}
