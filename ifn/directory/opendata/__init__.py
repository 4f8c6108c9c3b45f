"""What the directory gives to everybody: its public fields, as rows, spreadsheets and dumps."""
