# SPDX-License-Identifier: AGPL-3.0-or-later
def test_accueil(client):
    assert client.get("/").status_code == 200
