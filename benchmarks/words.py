"""What visitors type in a benchmark; needs nothing of the platform."""

SEED = 20261121
#: Trade words, products, materials and places, in both languages, as people type them.
WORDS = (
    *("klebut", "bengsol", "maklon", "sneakers", "sepatu kulit", "sandal", "sol karet", "outsole"),
    *("sole maker", "shoe last", "kulit samak nabati", "goodyear welt", "sepatu", "leather"),
    *("sandal kulit wanita", "sepatu pengaman", "safety shoes", "jahit upper", "tali sepatu"),
    *("mata ayam", "lem kuning", "kanvas", "school shoes", "pola sepatu", "merek lokal"),
)
