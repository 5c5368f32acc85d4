# SPDX-License-Identifier: EUPL-1.2
import pytest

from guichet.app import PAGES, app


@pytest.mark.parametrize("page", ["", *PAGES, "sante"])
def test_chaque_page_repond(page):
    assert app.test_client().get(f"/{page}").status_code == 200


def test_une_demarche_inconnue_n_existe_pas():
    assert app.test_client().get("/pieces?demarche=inconnue").status_code == 404
