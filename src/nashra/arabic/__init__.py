"""Facts and steps of the language: letters, sentences, numbers, vowel marks, spoken forms."""
