from signalements import app


def test_app():
    assert app.title == "FastAPI"
