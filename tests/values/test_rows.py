"""Columns as the text of an array, as PostgreSQL reads it back."""

import pytest
from django.db import connection

from values.rows import as_array, as_text_array


def read(text, kind):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [text])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_numbers_and_gaps_come_back():
    assert read(as_array([1, None, -3]), "bigint") == [1, None, -3]
    assert read(as_array([]), "bigint") == []


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "FCA", "NULL", "a,b", '{"', "back\\slash", 'say "so"', "  ", "é\n"])
def test_any_text_comes_back(text):
    assert read(as_text_array([text, "x"]), "text") == [text, "x"]
