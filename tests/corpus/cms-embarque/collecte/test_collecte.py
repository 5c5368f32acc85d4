from collecte import compter


def test_compter():
    assert compter([1, 2]) == 2
