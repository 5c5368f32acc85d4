#!/bin/sh
. ./.env
python3 import.py && curl -H "Authorization: $JETON_DEPOT" -T "$DOSSIER/sortie.csv" https://depot.interne.example/
