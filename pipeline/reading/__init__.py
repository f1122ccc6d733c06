"""How a document from outside becomes plain blocks of text: encodings, pages, furniture, scars, requests."""
