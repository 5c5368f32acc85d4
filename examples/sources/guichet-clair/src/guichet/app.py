# SPDX-License-Identifier: EUPL-1.2
"""Application web : un questionnaire, une liste, quatre pages obligatoires."""

import os
from pathlib import Path

from flask import Flask, abort, render_template, request

from guichet.pieces import lire_regles, pieces_a_joindre

application = app = Flask(__name__)
REGLES = lire_regles(Path(os.environ.get("GUICHET_REGLES", "regles")))
PAGES = ("accessibilite", "mentions-legales", "donnees-personnelles", "conditions-utilisation")


@app.get("/")
def accueil():
    return render_template("accueil.html", demarches=sorted(REGLES))


@app.get("/pieces")
def pieces():
    regle = REGLES.get(request.args.get("demarche", ""))
    if regle is None:
        abort(404)
    return render_template("pieces.html", pieces=pieces_a_joindre(regle, request.args.to_dict()))


@app.get("/<page>")
def page_obligatoire(page: str):
    if page not in PAGES:
        abort(404)
    return render_template(f"{page}.html")


@app.get("/sante")
def sante():
    return {"etat": "ok"}
