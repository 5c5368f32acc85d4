# SPDX-License-Identifier: EUPL-1.2
"""Guichet clair : les pièces à réunir avant de déposer une demande."""
