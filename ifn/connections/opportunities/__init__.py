"""What an opportunity is: its amounts, terms, words, search document and next steps."""
