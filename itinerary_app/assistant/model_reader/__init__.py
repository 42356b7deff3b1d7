"""A reader that asks a language model, and takes of its answer what was truly said."""
