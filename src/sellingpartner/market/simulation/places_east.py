"""Places of Asia, Australia, Africa and the Middle East."""

from __future__ import annotations

from sellingpartner.market.simulation.places import Locale, Place

# Assumed: but for Australia, the countries of the Far East keep no phone numbers for fiction; these begin where
# nobody's number begins.
_JAPAN_PHONES = ("090-0###-####", "080-0###-####")

_JAPAN = Locale(
    language="ja_JP",
    places=(
        Place("渋谷区", "東京都", "150-004#", "神南"),
        Place("新宿区", "東京都", "160-002#", "新宿"),
        Place("世田谷区", "東京都", "154-000#", "太子堂"),
        Place("練馬区", "東京都", "176-000#", "豊玉北"),
        Place("横浜市中区", "神奈川県", "231-002#", "本町"),
        Place("川崎市高津区", "神奈川県", "213-000#", "溝口"),
        Place("さいたま市大宮区", "埼玉県", "330-084#", "大門町"),
        Place("千葉市中央区", "千葉県", "260-001#", "中央"),
        Place("大阪市北区", "大阪府", "530-000#", "梅田"),
        Place("大阪市中央区", "大阪府", "542-008#", "難波"),
        Place("京都市中京区", "京都府", "604-800#", "河原町通"),
        Place("神戸市中央区", "兵庫県", "650-002#", "三宮町"),
        Place("名古屋市中区", "愛知県", "460-000#", "栄"),
        Place("札幌市中央区", "北海道", "060-006#", "南三条西"),
        Place("仙台市青葉区", "宮城県", "980-081#", "国分町"),
        Place("広島市中区", "広島県", "730-003#", "本通"),
        Place("福岡市博多区", "福岡県", "812-001#", "博多駅前"),
        Place("那覇市", "沖縄県", "900-001#", "久茂地"),
    ),
    streets=("パークハイツ", "サンライズ", "グリーンコーポ", "メゾン桜", "第二青葉荘", "コーポ富士"),
    line="{district}{block}丁目{lot}-{house}",
    units=("{street} {unit}号室", "{street}{unit}"),
    offices=("{street}ビル {floor}F",),
    phones=_JAPAN_PHONES,
    share=0.86,
)

_JAPAN_IN_LATIN = Locale(
    language="en_JP",
    places=(
        Place("Shibuya-ku", "Tokyo", "150-004#", "Jinnan"),
        Place("Minato-ku", "Tokyo", "106-003#", "Roppongi"),
        Place("Yokohama-shi Naka-ku", "Kanagawa", "231-002#", "Honcho"),
        Place("Osaka-shi Kita-ku", "Osaka", "530-000#", "Umeda"),
        Place("Fukuoka-shi Hakata-ku", "Fukuoka", "812-001#", "Hakataekimae"),
    ),
    streets=("Park Heights", "Green Corpo", "Maison Sakura"),
    line="{block}-{lot}-{house} {district}",
    units=("{street} {unit}",),
    offices=("{street} Bldg. {floor}F",),
    phones=_JAPAN_PHONES,
    share=0.14,
)

_AUSTRALIA = Locale(
    language="en_AU",
    places=(
        Place("Surry Hills", "NSW", "2010", dial="2"),
        Place("Parramatta", "NSW", "2150", dial="2"),
        Place("Newcastle", "NSW", "2300", dial="2"),
        Place("Wollongong", "NSW", "2500", dial="2"),
        Place("Fitzroy", "VIC", "3065", dial="3"),
        Place("St Kilda", "VIC", "3182", dial="3"),
        Place("Geelong", "VIC", "3220", dial="3"),
        Place("Fortitude Valley", "QLD", "4006", dial="7"),
        Place("Southport", "QLD", "4215", dial="7"),
        Place("Cairns", "QLD", "4870", dial="7"),
        Place("Adelaide", "SA", "5000", dial="8"),
        Place("Fremantle", "WA", "6160", dial="8"),
        Place("Subiaco", "WA", "6008", dial="8"),
        Place("Hobart", "TAS", "7000", dial="3"),
        Place("Braddon", "ACT", "2612", dial="2"),
        Place("Darwin", "NT", "0800", dial="8"),
    ),
    streets=(
        "Wattle St", "Banksia Ave", "Jacaranda Cres", "Station St", "Beach Rd", "George St", "Railway Pde",
        "Kookaburra Cl", "High St", "Bluegum Dr",
    ),
    line="{number} {street}",
    units=("Unit {unit}", "Flat {unit}"),
    offices=("Level {unit}",),
    phones=("+61 {dial} 5550 ####", "+61 {dial} 7010 ####"),
    mobiles=("+61 491 570 006", "+61 491 570 156", "+61 491 570 157", "+61 491 570 158", "+61 491 570 110"),
)  # fmt: skip

_INDIA = Locale(
    language="en_IN",
    places=(
        Place("BENGALURU", "KARNATAKA", "560001|560038|560095|560102", "Near Metro Station"),
        Place("MYSURU", "KARNATAKA", "570001|570009", "Opp. City Park"),
        Place("MUMBAI", "MAHARASHTRA", "400050|400053|400076", "Behind Post Office"),
        Place("PUNE", "MAHARASHTRA", "411001|411038|411045", "Near Bus Depot"),
        Place("NAGPUR", "MAHARASHTRA", "440010", "Civil Lines"),
        Place("NEW DELHI", "DELHI", "110001|110016|110024|110048", "Near Community Centre"),
        Place("GURUGRAM", "HARYANA", "122001|122002|122018", "Sector 46"),
        Place("NOIDA", "UTTAR PRADESH", "201301|201304", "Sector 62"),
        Place("LUCKNOW", "UTTAR PRADESH", "226001|226010", "Gomti Nagar"),
        Place("JAIPUR", "RAJASTHAN", "302001|302017", "Malviya Nagar"),
        Place("AHMEDABAD", "GUJARAT", "380009|380015", "Near Law Garden"),
        Place("HYDERABAD", "TELANGANA", "500032|500081", "Opp. Lake View"),
        Place("CHENNAI", "TAMIL NADU", "600017|600041|600096", "Near Temple Tank"),
        Place("COIMBATORE", "TAMIL NADU", "641002|641012", "R.S. Puram"),
        Place("KOCHI", "KERALA", "682016|682020", "Near Boat Jetty"),
        Place("KOLKATA", "WEST BENGAL", "700019|700029|700091", "Near Tram Depot"),
        Place("CHANDIGARH", "CHANDIGARH", "160017|160022", "Sector 22"),
    ),
    streets=("1st Main Road", "4th Cross", "M.G. Road", "Station Road", "Temple Street", "Lake Road", "12th A Main"),
    line="No. {number}, {street}",
    units=("Flat {unit}, Sai Residency", "Flat {unit}, Green Meadows", "2nd Floor"),
    offices=("{floor}th Floor, Tower B",),
    second="{district}",
    phones=("+91 55550 #####",),
)

_SINGAPORE = Locale(
    language="en_SG",
    places=(
        Place("Singapore", "", "0491##", "Raffles Place"),
        Place("Singapore", "", "3100##", "Toa Payoh"),
        Place("Singapore", "", "5204##", "Tampines"),
        Place("Singapore", "", "6004##", "Jurong East"),
        Place("Singapore", "", "7302##", "Woodlands"),
    ),
    streets=("Toh Guan Rd", "Lorong 4", "Street 21", "Ave 3", "Jalan Bahagia", "Central Blvd"),
    line="Blk {number} {district} {street}",
    units=("#{floor:02}-{unit}",),
    offices=("#{floor:02}-{unit}",),
    phones=("+65 5550 ####",),
    highest_number=899,
)

_EMIRATES = Locale(
    language="en_AE",
    places=(
        Place("Dubai", "Dubai", "00000", "Dubai Marina"),
        Place("Dubai", "Dubai", "00000", "Al Barsha 1"),
        Place("Dubai", "Dubai", "00000", "Deira"),
        Place("Abu Dhabi", "Abu Dhabi", "00000", "Al Reem Island"),
        Place("Abu Dhabi", "Abu Dhabi", "00000", "Khalifa City"),
        Place("Sharjah", "Sharjah", "00000", "Al Nahda"),
        Place("Al Ain", "Abu Dhabi", "00000", "Al Jimi"),
    ),
    streets=("Palm Tower", "Marina Heights", "Al Noor Building", "Villa 12", "Al Salam Residence"),
    line="{street}, Street {number}",
    units=("Flat {unit}", "Apartment {unit}"),
    offices=("Office {unit}",),
    phones=("+971 57 000 ####",),
    highest_number=90,
)

_SAUDI_PHONES = ("+966 52 000 ####",)
_SAUDI = Locale(
    language="en_SA",
    places=(
        Place("Riyadh", "Riyadh", "123##|124##", "Al Olaya"),
        Place("Riyadh", "Riyadh", "133##", "Al Malqa"),
        Place("Jeddah", "Makkah", "234##|235##", "Al Rawdah"),
        Place("Dammam", "Eastern Province", "322##|324##", "Al Faisaliyah"),
        Place("Madinah", "Madinah", "423##", "Al Aziziyah"),
    ),
    streets=("King Fahd Rd", "Prince Sultan St", "Al Takhassusi St", "Olaya St"),
    line="{number} {street}",
    phones=_SAUDI_PHONES,
    highest_number=8999,
    share=0.6,
)
_SAUDI_IN_ARABIC = Locale(
    language="ar_SA",
    places=(
        Place("الرياض", "الرياض", "123##|124##", "العليا"),
        Place("جدة", "مكة المكرمة", "234##|235##", "الروضة"),
        Place("الدمام", "المنطقة الشرقية", "322##|324##", "الفيصلية"),
    ),
    streets=("شارع العليا", "طريق الملك فهد", "شارع الأمير سلطان"),
    line="{street} {number}",
    units=("شقة {unit}",),
    offices=("مكتب {unit}",),
    phones=_SAUDI_PHONES,
    highest_number=8999,
    share=0.4,
)

_EGYPT_PHONES = ("+20 13 0000 ####",)
_EGYPT = Locale(
    language="en_EG",
    places=(
        Place("Cairo", "Cairo", "11728|11742", "Maadi"),
        Place("Cairo", "Cairo", "11757|11341", "Heliopolis"),
        Place("Giza", "Giza", "12311|12411", "Dokki"),
        Place("Alexandria", "Alexandria", "21500|21523", "Smouha"),
    ),
    streets=("El Nasr St", "Road 9", "Abbas El Akkad St", "Tahrir St", "Fouad St"),
    line="{number} {street}",
    units=("Floor {floor}, Apt {unit}",),
    phones=_EGYPT_PHONES,
    highest_number=120,
    share=0.55,
)
_EGYPT_IN_ARABIC = Locale(
    language="ar_EG",
    places=(
        Place("القاهرة", "القاهرة", "11728|11742", "المعادي"),
        Place("الجيزة", "الجيزة", "12311|12411", "الدقي"),
        Place("الإسكندرية", "الإسكندرية", "21500|21523", "سموحة"),
    ),
    streets=("شارع النصر", "شارع التحرير", "شارع عباس العقاد"),
    line="{number} {street}",
    units=("الدور {floor} شقة {unit}",),
    offices=("مكتب {unit}",),
    phones=_EGYPT_PHONES,
    highest_number=120,
    share=0.45,
)

_SOUTH_AFRICA = Locale(
    language="en_ZA",
    places=(
        Place("Cape Town", "Western Cape", "8001|8005", "Gardens"),
        Place("Stellenbosch", "Western Cape", "7600", "Central"),
        Place("Johannesburg", "Gauteng", "2196|2193", "Parkwood"),
        Place("Sandton", "Gauteng", "2031|2057", "Bryanston"),
        Place("Pretoria", "Gauteng", "0081|0083", "Arcadia"),
        Place("Durban", "KwaZulu-Natal", "4001", "Glenwood"),
        Place("Gqeberha", "Eastern Cape", "6001|6070", "Walmer"),
        Place("Bloemfontein", "Free State", "9301", "Westdene"),
    ),
    streets=("Protea Rd", "Long St", "Church St", "Kloof St", "Jacaranda Ave", "Main Rd", "Voortrekker Rd"),
    line="{number} {street}",
    units=("Unit {unit}", "Flat {unit}"),
    phones=("+27 55 000 ####",),
    highest_number=380,
)

EAST: dict[str, tuple[Locale, ...]] = {
    "JP": (_JAPAN, _JAPAN_IN_LATIN),
    "AU": (_AUSTRALIA,),
    "IN": (_INDIA,),
    "SG": (_SINGAPORE,),
    "AE": (_EMIRATES,),
    "SA": (_SAUDI, _SAUDI_IN_ARABIC),
    "EG": (_EGYPT, _EGYPT_IN_ARABIC),
    "ZA": (_SOUTH_AFRICA,),
}
