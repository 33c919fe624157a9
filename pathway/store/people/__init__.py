"""Whom is it about? Finding and matching people, their household, their kin, and earlier worries."""
