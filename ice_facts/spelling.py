"""Old place of the functions of `ice_facts.store.naming`, for modules that still import it."""

from ice_facts.store.naming import bare_key_of, key_of, without_kind, words_of

__all__ = ["bare_key_of", "key_of", "without_kind", "words_of"]
