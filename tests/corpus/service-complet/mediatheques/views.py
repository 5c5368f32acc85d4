# SPDX-License-Identifier: AGPL-3.0-or-later
from django.shortcuts import render


def accueil(request):
    return render(request, "accueil.html")
