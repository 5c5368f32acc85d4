# SPDX-License-Identifier: AGPL-3.0-or-later
import os

SECRET_KEY = os.environ["SECRET_KEY"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": os.environ["DATABASE_HOST"]}}
