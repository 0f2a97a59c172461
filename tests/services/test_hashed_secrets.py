"""Secrets of which only a hash is kept: those that people have must go on working."""

from __future__ import annotations

from tracker.services.hashed_secrets import hash_of, new_secret


def test_a_secret_that_is_in_use_is_found_again() -> None:
    assert hash_of("sesame") == "d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272"


def test_a_secret_is_new_each_time_and_fits_into_an_address() -> None:
    made = [new_secret(), new_secret(), new_secret(18)]
    assert len(set(made)) == 3
    assert [len(secret) for secret in made] == [43, 43, 24]
    assert "".join(made).replace("-", "").replace("_", "").isalnum()
