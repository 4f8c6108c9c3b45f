"""The Indonesia Footwear Network: the footwear industry of a country, collected and connected."""
