// SPDX-License-Identifier: EUPL-1.2
//! Words that grant, take back, or speak of the work of others.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::folded as pattern;

/// What takes the statement back: negation, condition, past, comparison, advice.
pub(super) static UNSAID: LazyLock<Regex> = LazyLock::new(|| {
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
pub(super) static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
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
pub(super) static OWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:this | these | our | cette | ce | cet | ces | notre | nos)\ (?:\w+[\ -]){0,2}?(?:librar(?:y|ies)|bibliotheques?|librairies?|packages?|plugins?|themes?|templates?|frameworks?|fonts?|polices?|images?|icons?|logos?|list)\b
        | \b(?:conditions|terms)\ (?:of\ use|d'utilisation) | \b(?:uses|utilise)\ (?:the|la|une|an|a)\b | \bmay\ be\ used\b | \bcan\ be\ used\b | \bfree\ to\ use\b
        | \blibres?\ (?:de\ )?(?:re)?utilis\w+ | \b(?:re)?utilisables?\b | \bopen[\ -]sourced?\b",
    )
});

/// Words that lead to the name of the licence that governs.
pub(super) static LEADS: LazyLock<Regex> = LazyLock::new(|| {
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
pub(super) static GRANTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:licen[cs]ed | released | distributed | published | available | provided | covered | governed | protected | shared | open[\ -]sourced? | placed | offered
        | publie\w* | distribue\w* | diffuse\w* | place\w* | mise?s?\ a\ disposition | disponibles? | soumis\w* | couvert\w* | regi\w* | proteg\w* | propose\w* | fourni\w* | partage\w* | licencie\w* | redistribute)\b
        | \b(?:is|are|est|sont)\ (?:\w+\ ){0,3}?(?:under|sous)\b | ^\W*sous\b | ^\W*under\b",
    )
});

/// The repository itself as subject.
pub(super) static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^\W*(?:licen[cs]ed|released|distributed|published|publie\w*|distribue\w*|diffuse\w*|sous|under|available|disponible\w*|copyright|©)
        | \b(?:this | these | ce | cet | cette | ces | notre | nos | our | it\ is | il\ est | elle\ est | project | projet | repository | repo | depot | code | codes | software | logiciels? | application | programme? | sources?
        | documentation | documents? | contenus? | content | donnees | data | dataset | list | liste | site | website | api | tool | outil | work | you\ can\ redistribute)\b",
    )
});
