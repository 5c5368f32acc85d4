#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Builds the example repositories from sources/ and writes one Git bundle each. Needs git and nothing else.
#
#   examples/construire-depots.sh [FOLDER]     bundles go to FOLDER, by default examples/depots
#
# Everything is fixed: authors, dates, order. The same sources give the same commits on every machine; the bytes of a
# bundle may still differ between versions of git, so compare `git bundle list-heads`, as .ci/full does.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/depots}
mkdir -p "$out"
out=$(cd "$out" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Nothing of the machine may leak into a commit.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C TZ=UTC
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
umask 022

# --- a small language for histories -----------------------------------------------------------------------------------

# start NAME: an empty repository, filled from sources/NAME
start() {
  name=$1
  source=$here/sources/$name
  work=$scratch/$name
  git init --quiet --object-format=sha1 --initial-branch=main "$work"
  git -C "$work" config core.autocrlf false
  git -C "$work" config core.fileMode true
  git -C "$work" config gc.auto 0
  git -C "$work" config pack.threads 1
}

# by ROLE: who makes the next commits
by() {
  case $1 in
    developpement) who="Équipe Développement" mail="developpement@example.org" ;;
    conception) who="Équipe Conception" mail="conception@example.org" ;;
    donnees) who="Équipe Données" mail="donnees@example.org" ;;
    bureau) who="Bureau métier" mail="bureau@example.org" ;;
    releve) who="Équipe de relève" mail="releve@example.org" ;;
    library) who="Library team" mail="library@example.org" ;;
    *) echo "unknown role: $1" >&2 && exit 1 ;;
  esac
}

# take PATH…: the files as they stand in the sources
take() {
  local path
  for path in "$@"; do
    mkdir -p "$work/$(dirname "$path")"
    cp -R -p "$source/$path" "$work/$(dirname "$path")/"
  done
}

# part LINES PATH: only the first lines of a file, as a younger version of it
part() {
  mkdir -p "$work/$(dirname "$2")"
  sed -n "1,$1p" "$source/$2" >"$work/$2"
}

# commit DATE MESSAGE: records everything that was taken; DATE is a day and an hour
commit() {
  local date="${1}:00 +0200"
  git -C "$work" add --all --force
  GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$mail GIT_AUTHOR_DATE=$date \
    GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$mail GIT_COMMITTER_DATE=$date \
    git -C "$work" -c commit.gpgSign=false commit --quiet --message "$2" \
    ${3:+--message "$3"}
}

# signed DATE MESSAGE: the same, with the sign-off of its author
signed() { commit "$1" "$2" "Signed-off-by: $who <$mail>"; }

branch() { git -C "$work" switch --quiet --create "$1"; }

# merge DATE BRANCH: into main, always with a merge commit
merge() {
  local date="${1}:00 +0200"
  git -C "$work" switch --quiet main
  GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$mail GIT_AUTHOR_DATE=$date \
    GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$mail GIT_COMMITTER_DATE=$date \
    git -C "$work" -c commit.gpgSign=false merge --quiet --no-ff --no-edit "$2"
  git -C "$work" branch --quiet --delete "$2"
}

# version DATE TAG: an annotated tag
version() {
  GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$mail GIT_COMMITTER_DATE="${1}:00 +0200" \
    git -C "$work" -c tag.gpgSign=false tag --annotate --message "$2" "$2"
}

# finish: the last commit must hold exactly the sources; then the bundle
finish() {
  local wanted found
  wanted=$(cd "$source" &&
    export GIT_DIR=$work/.git GIT_WORK_TREE=$source GIT_INDEX_FILE=$scratch/$name.index &&
    git add --all --force . && git write-tree)
  found=$(git -C "$work" rev-parse 'HEAD^{tree}')
  if [ "$wanted" != "$found" ]; then
    echo "$name: the history does not end with its sources:" >&2
    git --no-pager -C "$work" diff --stat "$found" "$wanted" >&2
    exit 1
  fi
  git -C "$work" bundle create --quiet "$scratch/$name.bundle" HEAD main --tags
  mv "$scratch/$name.bundle" "$out/$name.bundle"
  printf '%-20s %3d commits, %6d bytes\n' "$name" \
    "$(git -C "$work" rev-list --count HEAD)" "$(wc -c <"$out/$name.bundle")"
}

# --- the repositories -------------------------------------------------------------------------------------------------

guichet_clair() {
  start guichet-clair
  by developpement
  part 5 README.md && take LICENSE .gitignore
  signed "2026-02-05 10:12" "Présenter le projet et sa licence"
  take pyproject.toml requirements.txt src/guichet/__init__.py && part 24 src/guichet/pieces.py
  signed "2026-02-11 15:40" "Lire les règles de composition d’un dossier"
  by bureau && take regles
  signed "2026-02-18 09:05" "Ajouter la règle de l’aide au logement"
  by developpement && branch pieces
  take src/guichet/pieces.py
  signed "2026-03-03 11:20" "Choisir les pièces d’après les réponses"
  part 19 tests/test_pieces.py
  signed "2026-03-04 16:31" "Tester le choix des pièces"
  merge "2026-03-05 14:00" pieces
  by conception && branch questionnaire
  take src/guichet/templates/base.html src/guichet/templates/accueil.html
  signed "2026-03-19 10:45" "Dessiner la page d’accueil"
  take src/guichet/templates/pieces.html
  signed "2026-03-26 17:02" "Dessiner la liste des pièces"
  by developpement && part 31 src/guichet/app.py && take .env.example
  signed "2026-04-02 12:18" "Brancher le questionnaire"
  merge "2026-04-03 09:30" questionnaire
  take .github/workflows/ci.yml
  signed "2026-04-09 15:55" "Vérifier chaque demande de fusion"
  take Dockerfile compose.yaml docs/installation.md
  signed "2026-04-23 11:11" "Construire une image sans privilège"
  by bureau && take src/guichet/templates/mentions-legales.html src/guichet/templates/donnees-personnelles.html \
    src/guichet/templates/conditions-utilisation.html
  signed "2026-05-12 14:26" "Publier les pages légales"
  by conception && take src/guichet/templates/accessibilite.html
  signed "2026-06-03 10:00" "Publier la déclaration d’accessibilité"
  by developpement && take src/guichet/app.py tests/test_app.py
  signed "2026-06-09 16:48" "Servir les pages obligatoires"
  take CONTRIBUTING.md CODE_OF_CONDUCT.md SECURITY.md .github publiccode.yml
  part 30 CHANGELOG.md
  signed "2026-06-17 11:37" "Dire comment contribuer et signaler une faille"
  version "2026-06-18 09:00" v1.0.0
  by bureau && take docs/manuel-utilisateur.md
  signed "2026-07-07 13:15" "Écrire le manuel utilisateur"
  by releve && take tests/test_pieces.py
  signed "2026-08-21 10:34" "Ne lister qu’une fois une pièce demandée deux fois"
  version "2026-08-27 09:00" v1.1.0
  take docs/architecture.md docs/exploitation.md
  signed "2026-09-10 15:21" "Décrire l’architecture et l’exploitation"
  by bureau && take GOVERNANCE.md ROADMAP.md AUTHORS.md
  signed "2026-09-24 11:52" "Écrire la gouvernance et la feuille de route"
  by releve && branch recapitulatif && take renovate.json
  signed "2026-10-06 14:40" "Suivre les mises à jour des dépendances"
  take README.md CHANGELOG.md
  signed "2026-10-12 10:08" "Préparer la version 1.2.0"
  merge "2026-10-12 16:00" recapitulatif
  version "2026-10-12 16:30" v1.2.0
  finish
}

codes_postaux() {
  start codes-postaux
  by library
  part 7 README.md && take LICENSE .gitignore
  signed "2026-02-09 14:03" "Say what the library is for"
  take package.json && part 18 src/index.js
  signed "2026-02-16 10:27" "Check the shape of a code"
  part 14 test/index.test.js
  signed "2026-02-17 16:12" "Test the shape of a code"
  take .github/workflows
  signed "2026-03-10 11:45" "Run the tests on every change"
  by developpement && branch departments
  part 32 src/index.js
  signed "2026-04-14 09:58" "Find the department of a code"
  part 24 test/index.test.js
  signed "2026-04-15 15:30" "Test Corsica and the overseas codes"
  by library
  merge "2026-04-16 10:00" departments
  take CONTRIBUTING.md CODE_OF_CONDUCT.md SECURITY.md .github
  signed "2026-05-05 13:44" "Say how to contribute"
  part 20 CHANGELOG.md
  signed "2026-05-13 17:20" "Publish ES modules only"
  version "2026-05-14 09:00" v2.0.0
  by developpement && take docs/api.md
  signed "2026-07-08 10:51" "Give two islands their own department"
  version "2026-07-09 09:00" v2.0.1
  by library && branch spreadsheets
  take src/index.js test/index.test.js
  signed "2026-09-15 14:15" "Repair codes that a spreadsheet shortened"
  merge "2026-09-21 09:40" spreadsheets
  take CHANGELOG.md docs/design.md publiccode.yml
  signed "2026-09-22 10:30" "Prepare version 2.1.0"
  version "2026-09-22 11:00" v2.1.0
  by developpement && take GOVERNANCE.md ROADMAP.md AUTHORS.md README.md
  signed "2026-10-20 16:05" "Write down who decides and what comes next"
  finish
}

carnet_de_terrain() {
  start carnet-de-terrain
  by conception
  part 12 README.md && take LICENSE.md
  commit "2026-03-02 11:00" "Ouvrir le carnet"
  take fiches/preparer.md
  commit "2026-03-16 15:24" "Ajouter la fiche « Préparer une visite »"
  by bureau && part 12 fiches/observer.md
  commit "2026-04-20 10:13" "Ajouter la fiche « Observer sans gêner »"
  by conception && take fiches/observer.md
  commit "2026-04-27 17:46" "Prévenir des photographies"
  take fiches/restituer.md
  commit "2026-06-15 09:37" "Ajouter la fiche « Restituer à l’équipe »"
  by bureau && take modeles CONTRIBUTING.md
  commit "2026-08-31 14:08" "Ajouter le modèle de compte rendu"
  by conception && take README.md
  commit "2026-10-05 11:19" "Compléter le sommaire et le contact"
  finish
}

atlas_des_lieux() {
  start atlas-des-lieux
  by developpement
  part 3 README.md && take .gitignore package.json index.html
  commit "2026-03-09 10:30" "Premier jet"
  take src/carte.js
  commit "2026-03-24 18:02" "Afficher la carte"
  by donnees && take public
  commit "2026-04-13 11:26" "Ajouter les premiers lieux"
  by developpement && take src/lieux.js
  commit "2026-05-19 16:50" "Masquer les lieux fermés"
  take .gitlab-ci.yml
  commit "2026-07-16 09:14" "Publier la carte"
  take README.md LICENSE
  commit "2026-09-02 15:33" "Choisir une licence"
  version "2026-09-02 16:00" v0.3.0
  finish
}

barometre() {
  start barometre
  by developpement
  part 4 README.md && take LICENSE
  commit "2021-10-04 10:00" "Initialiser le dépôt"
  take package.json src/score.js
  commit "2021-10-18 15:12" "Calculer le score"
  take test
  commit "2021-11-08 11:40" "Tester le score"
  part 8 src/serveur.js
  commit "2021-12-06 17:25" "Recevoir les réponses"
  take package-lock.json Procfile .travis.yml
  commit "2022-02-07 10:55" "Préparer le déploiement"
  version "2022-03-14 09:00" v1.0.0
  by conception && take README.md
  commit "2022-05-09 14:18" "Expliquer l’installation"
  by releve && take src/serveur.js CONTRIBUTING.md
  commit "2025-03-11 10:22" "Refuser les notes hors de l’échelle"
  version "2025-03-12 09:00" v1.4.0
  finish
}

chaine_stat() {
  start chaine-stat
  by donnees
  take README.md data
  commit "2021-11-15 18:44" "init"
  part 8 import.py && take requirements.txt
  commit "2021-12-13 19:10" "script"
  take notebooks
  commit "2022-01-24 20:05" "notebook"
  take .env envoi.sh
  commit "2022-04-11 18:51" "envoi auto"
  take import.py
  commit "2022-06-27 21:16" "fix mois"
  finish
}

passerelles_api() {
  start passerelles-api
  by developpement
  part 3 README.md && take COPYING go.mod
  commit "2026-03-05 09:48" "Ouvrir le dépôt"
  take interne
  commit "2026-03-30 14:37" "Traduire un identifiant"
  take main.go
  commit "2026-04-28 16:20" "Répondre par HTTP"
  by donnees && take openapi.yaml
  commit "2026-06-22 11:03" "Décrire l’interface"
  by developpement && take .github Dockerfile
  commit "2026-08-25 10:41" "Construire à chaque changement"
  take README.md
  commit "2026-10-01 15:58" "Dire comment installer et joindre l’équipe"
  version "2026-10-01 16:30" v0.2.0
  finish
}

passerelles_schemas() {
  start passerelles-schemas
  by donnees
  part 3 README.md && take LICENCE.md
  commit "2026-04-07 10:05" "Ouvrir le dépôt"
  take schemas/registre-a.json donnees/registre-a.csv
  commit "2026-04-21 15:45" "Décrire le registre A"
  take schemas/registre-b.json donnees/registre-b.csv
  commit "2026-06-08 11:32" "Décrire le registre B"
  take README.md
  commit "2026-09-14 14:50" "Lister schémas et extraits"
  finish
}

guichet_clair
codes_postaux
carnet_de_terrain
atlas_des_lieux
barometre
chaine_stat
passerelles_api
passerelles_schemas
