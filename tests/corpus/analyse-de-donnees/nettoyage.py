import pandas as pd


def nettoyer(df):
    return df.dropna()
