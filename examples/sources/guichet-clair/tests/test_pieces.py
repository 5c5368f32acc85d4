# SPDX-License-Identifier: EUPL-1.2
from guichet.pieces import pieces_a_joindre

REGLE = [
    {"code": "identite", "libelle": "Une pièce d’identité", "si": {}},
    {"code": "bail", "libelle": "Le bail signé", "si": {"statut": "locataire"}},
    {"code": "identite", "libelle": "Une pièce d’identité", "si": {"statut": "locataire"}},
]


def codes(reponses):
    return [piece.code for piece in pieces_a_joindre(REGLE, reponses)]


def test_une_piece_sans_condition_est_toujours_demandee():
    assert codes({}) == ["identite"]


def test_une_condition_remplie_ajoute_sa_piece():
    assert codes({"statut": "locataire"}) == ["identite", "bail"]


def test_une_piece_demandee_deux_fois_n_est_listee_qu_une_fois():
    assert codes({"statut": "locataire"}).count("identite") == 1
