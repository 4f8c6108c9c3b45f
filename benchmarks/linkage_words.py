"""What invented firms are made of. Regencies and cities are real, everything else is made up."""

SYLLABLES = (
    *("ba", "ra", "ka", "ti", "lo", "mu", "sa", "wi", "da", "pra", "ne", "gu", "ha", "ki", "su"),
    *("ren", "tar", "lin", "dar", "san", "wan", "tri", "ma", "pu", "ya", "bo", "ce", "je", "fa"),
)
COMMON = (
    *("Jaya", "Maju", "Abadi", "Sentosa", "Makmur", "Sejahtera", "Mandiri", "Utama", "Mulia"),
    *("Karya", "Sumber", "Berkah", "Rejeki", "Agung", "Perkasa", "Prima", "Sukses", "Lestari"),
    *("Indah", "Cahaya", "Surya", "Mitra", "Duta", "Bintang", "Langkah", "Anugerah", "Gemilang"),
)
TRADE = ("Sepatu", "Sandal", "Kulit", "Shoes", "Footwear", "Leather", "Industri", "Collection")
FORMS = ("PT", "PT", "PT", "CV", "CV", "UD", "PD", "Kop.", "")
SWAPPED = {"PT": "CV", "CV": "PT", "UD": "CV", "PD": "UD", "Kop.": "UD", "": "UD"}
STREETS = (
    *("Melati", "Mawar", "Kenanga", "Raya Industri", "Pahlawan", "Diponegoro", "Sudirman"),
    *("Gajah Mada", "Raya Serang", "Raya Mojosari", "Veteran", "Pemuda", "Merdeka", "Kartini"),
    *("Ahmad Yani", "Imam Bonjol", "Cibaduyut Raya", "Soekarno Hatta", "Panglima Polim"),
    *("Kyai Tambak", "Lingkar Barat", "Otonom", "Rungkut Industri", "Teratai", "Anggrek", "Dahlia"),
    *("Pajajaran", "Siliwangi", "Raden Saleh", "Hayam Wuruk", "Brawijaya", "Majapahit", "Kapuas"),
)
VILLAGES = (
    *("Waru", "Krian", "Sukamaju", "Cikupa", "Balaraja", "Tulangan", "Sooko", "Wedoro", "Ngingas"),
    *("Karangrejo", "Sukamulya", "Pasar Kemis", "Jatiuwung", "Bojong", "Mekarsari", "Kedungdoro"),
)
PLACES = (
    *("Kab. Sidoarjo|Jawa Timur", "Kota Surabaya|Jawa Timur", "Kab. Mojokerto|Jawa Timur"),
    *("Kota Mojokerto|Jawa Timur", "Kab. Malang|Jawa Timur", "Kota Malang|Jawa Timur"),
    *("Kab. Pasuruan|Jawa Timur", "Kota Pasuruan|Jawa Timur", "Kab. Bandung|Jawa Barat"),
    *("Kota Bandung|Jawa Barat", "Kab. Bogor|Jawa Barat", "Kota Bogor|Jawa Barat"),
    *("Kab. Bekasi|Jawa Barat", "Kota Bekasi|Jawa Barat", "Kab. Tangerang|Banten"),
    *("Kota Tangerang|Banten", "Kab. Serang|Banten", "Kota Serang|Banten"),
    *("Kab. Semarang|Jawa Tengah", "Kota Semarang|Jawa Tengah", "Kab. Brebes|Jawa Tengah"),
    *("Kab. Magetan|Jawa Timur", "Kab. Bima|Nusa Tenggara Barat", "Kota Bima|Nusa Tenggara Barat"),
    *("Kab. Lombok Timur|Nusa Tenggara Barat", "Kab. Garut|Jawa Barat"),
    *("Kota Yogyakarta|DI Yogyakarta", "Kab. Bantul|DI Yogyakarta", "Kab. Kudus|Jawa Tengah"),
)
SHORT_PROVINCES = {
    "Jawa Timur": "Jatim",
    "Jawa Barat": "Jabar",
    "Jawa Tengah": "Jateng",
    "DI Yogyakarta": "DIY",
    "Nusa Tenggara Barat": "NTB",
    "Banten": "Banten",
}
#: Lists in English: shops and houses abroad, of the kind that buyers' lists hold.
ENGLISH = (
    *("Blue", "River", "Garden", "Golden", "Palm", "Harbor", "Old", "Mill", "Star", "Cedar", "Oak"),
    *("Maple", "Stone", "Lake", "Hill", "Silver", "Fox", "Crown", "Bell", "Rose", "Bay", "Corner"),
)
KINDS = ("Cafe", "Grill", "Bistro", "Shoes", "Tavern", "House", "Kitchen", "Bar", "Diner", "Store")
AVENUES = (
    *("Melrose", "Sunset", "Peach", "Clement", "Market", "Mission", "Broad", "Main", "Spring"),
    *("Highland", "Olive", "Ventura", "Canyon", "Fillmore", "Columbus", "Park", "Lake", "Union"),
)
WAYS = (("Ave.", "Avenue"), ("St.", "Street"), ("Blvd.", "Boulevard"), ("Rd.", "Road"))
TOWNS = (
    ("Newfield", ("Newfield City", "Eastside", "Old Harbor")),
    ("Lakemont", ("W. Lakemont", "Pine Heights", "Lakemont Hills")),
    ("Santa Corra", ("Santa Corra", "Mar Vista", "Corra Beach")),
    ("Ashton", ("Ashton", "Midtown", "Ashton")),
)
ALL_COLUMNS = frozenset(
    ("phone", "email", "site", "nib", "instagram", "region", "postcode", "product")
)
PRODUCTS = (
    *("sepatu kulit", "sandal", "sneakers", "sepatu anak", "sepatu olahraga", "sol karet"),
    *("sepatu kerja", "tas kulit", "insole", "sepatu wanita", "boots", "sandal gunung"),
)
#: How somebody stands near a firm without being it.
NEIGHBOURS = (
    "plant",
    "plant",
    "namesake",
    "cousin",
    "cousin",
    "tenant",
    "sister",
    "sister",
    "kind",
)
#: What lists add to a name to say what the firm does.
TAILS = ("Sepatu Kulit", "Toko Sepatu", "Home Industry", "Shoes Collection", "Pengrajin Sandal")
ENGLISH_TAILS = ("Restaurant", "Bar and Grill", "Shoe Store", "Fine Foods Cuisine", "of Newfield")
