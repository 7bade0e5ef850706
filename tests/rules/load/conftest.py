"""Every problem that any of these tests gives rise to is told in both languages."""

from tests.both_languages import both_languages as both_languages
