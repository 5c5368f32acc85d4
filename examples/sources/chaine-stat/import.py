import csv
import os

import pandas as pd

dossier = os.environ["DOSSIER"]

# TODO ne marche que pour 2021
df = pd.read_csv(dossier + "/depots_2021.csv", sep=";", encoding="latin-1")
df = df[df["etat"] != "annule"]
df["mois"] = df["date"].str[3:5]
out = df.groupby(["region", "mois"]).size().reset_index(name="n")
out.to_csv(dossier + "/sortie.csv", index=False, quoting=csv.QUOTE_ALL)
