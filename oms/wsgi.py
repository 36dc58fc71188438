"""The web process. It serves as the plain role or not at all."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from tenancy.database_role import refuse_privileged_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oms.settings.local")

application = get_wsgi_application()
refuse_privileged_role(connection)
connection.close()
