# SPDX-License-Identifier: EUPL-1.2
"""Choisit les pièces d'un dossier d'après les réponses de l'usager."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Piece:
    """Une pièce à joindre."""

    code: str
    libelle: str


def lire_regles(dossier: Path) -> dict[str, list[dict]]:
    """Lit toutes les règles d'un dossier, par démarche."""
    regles = {}
    for fichier in sorted(dossier.glob("*.json")):
        contenu = json.loads(fichier.read_text(encoding="utf-8"))
        regles[contenu["demarche"]] = contenu["pieces"]
    return regles


def pieces_a_joindre(regle: list[dict], reponses: dict[str, str]) -> list[Piece]:
    """Garde les pièces dont toutes les conditions sont remplies, une seule fois chacune."""
    retenues: dict[str, Piece] = {}
    for piece in regle:
        conditions = piece.get("si", {})
        if all(reponses.get(nom) == valeur for nom, valeur in conditions.items()):
            retenues.setdefault(piece["code"], Piece(piece["code"], piece["libelle"]))
    return list(retenues.values())
