"""Places of the north and middle of Europe: Britain, Ireland, Germany, the Low Countries, Sweden and Poland."""

from __future__ import annotations

from sellingpartner.market.simulation.places import Locale, Place

# Every dial code here leads to the block that Ofcom keeps for drama.
_BRITAIN = Locale(
    language="en_GB",
    places=(
        Place("London", "Greater London", "E1 #??|E8 #??|N1 #??|SE15 #??|SW4 #??|NW5 #??", dial="20 7946 0"),
        Place("Manchester", "Greater Manchester", "M1 #??|M14 #??|M20 #??", dial="161 496 0"),
        Place("Birmingham", "West Midlands", "B1 #??|B13 #??|B29 #??", dial="121 496 0"),
        Place("Leeds", "West Yorkshire", "LS1 #??|LS6 #??|LS17 #??", dial="113 496 0"),
        Place("Sheffield", "South Yorkshire", "S1 #??|S10 #??", dial="114 496 0"),
        Place("Nottingham", "Nottinghamshire", "NG1 #??|NG7 #??", dial="115 496 0"),
        Place("Leicester", "Leicestershire", "LE1 #??|LE2 #??", dial="116 496 0"),
        Place("Bristol", "", "BS1 #??|BS3 #??|BS7 #??", dial="117 496 0"),
        Place("Reading", "Berkshire", "RG1 #??|RG6 #??", dial="118 496 0"),
        Place("Liverpool", "Merseyside", "L1 #??|L17 #??", dial="151 496 0"),
        Place("Newcastle upon Tyne", "Tyne and Wear", "NE1 #??|NE6 #??", dial="191 498 0"),
        Place("Brighton", "East Sussex", "BN1 #??|BN2 #??", dial="1632 960"),
        Place("Oxford", "Oxfordshire", "OX1 #??|OX4 #??", dial="1632 960"),
        Place("Cambridge", "Cambridgeshire", "CB1 #??|CB4 #??", dial="1632 960"),
        Place("Norwich", "Norfolk", "NR2 #??|NR3 #??", dial="1632 960"),
        Place("Exeter", "Devon", "EX1 #??|EX4 #??", dial="1632 960"),
        Place("York", "North Yorkshire", "YO10 #??|YO24 #??", dial="1632 960"),
        Place("Edinburgh", "Midlothian", "EH1 #??|EH6 #??|EH10 #??", dial="131 496 0"),
        Place("Glasgow", "", "G1 #??|G12 #??|G42 #??", dial="141 496 0"),
        Place("Aberdeen", "Aberdeenshire", "AB10 #??|AB24 #??", dial="1632 960"),
        Place("Cardiff", "", "CF10 #??|CF24 #??", dial="29 2018 0"),
        Place("Belfast", "County Antrim", "BT1 #??|BT7 #??", dial="28 9649 6"),
    ),
    streets=(
        "High Street", "Station Road", "Church Lane", "Victoria Road", "Mill Lane", "Queens Road", "Park Avenue",
        "The Crescent", "Albert Terrace", "Orchard Close", "Windmill Hill", "Grove Street", "St Mary's Road",
    ),
    line="{number} {street}",
    units=("Flat {unit}", "Flat {unit}A", "Top Floor Flat"),
    offices=("Unit {unit}", "Floor {floor}"),
    phones=("+44 {dial}###",),
    mobiles=("+44 7700 900###",),
    highest_number=180,
)  # fmt: skip

_IRELAND = Locale(
    language="en_IE",
    places=(
        Place("Dublin 2", "Co. Dublin", "D02 ****"),
        Place("Dublin 4", "Co. Dublin", "D04 ****"),
        Place("Dublin 8", "Co. Dublin", "D08 ****"),
        Place("Cork", "Co. Cork", "T12 ****|T23 ****"),
        Place("Galway", "Co. Galway", "H91 ****"),
        Place("Limerick", "Co. Limerick", "V94 ****"),
        Place("Waterford", "Co. Waterford", "X91 ****"),
        Place("Kilkenny", "Co. Kilkenny", "R95 ****"),
        Place("Sligo", "Co. Sligo", "F91 ****"),
        Place("Drogheda", "Co. Louth", "A92 ****"),
    ),
    streets=("Main Street", "Church Road", "The Mews", "Strand Road", "Chapel Lane", "Castle Park", "O'Connell Street"),
    line="{number} {street}",
    phones=("+353 20 91# ####",),
    highest_number=120,
)

_GERMANY = Locale(
    language="de_DE",
    places=(
        Place("Berlin", "Berlin", "101##|104##|109##|120##|130##", dial="30 23125 "),
        Place("Hamburg", "Hamburg", "202##|203##|220##|227##", dial="40 66969 "),
        Place("München", "Bayern", "803##|805##|815##|816##", dial="89 99998 "),
        Place("Köln", "Nordrhein-Westfalen", "506##|508##|509##", dial="221 4710 "),
        Place("Frankfurt am Main", "Hessen", "603##|604##", dial="69 90009 "),
        Place("Stuttgart", "Baden-Württemberg", "701##"),
        Place("Freiburg im Breisgau", "Baden-Württemberg", "791##"),
        Place("Düsseldorf", "Nordrhein-Westfalen", "402##"),
        Place("Dortmund", "Nordrhein-Westfalen", "441##"),
        Place("Münster", "Nordrhein-Westfalen", "481##"),
        Place("Leipzig", "Sachsen", "041##|042##"),
        Place("Dresden", "Sachsen", "010##|011##|013##"),
        Place("Hannover", "Niedersachsen", "301##|304##"),
        Place("Göttingen", "Niedersachsen", "3707#"),
        Place("Nürnberg", "Bayern", "904##"),
        Place("Bremen", "Bremen", "281##|282##"),
        Place("Mainz", "Rheinland-Pfalz", "551##"),
        Place("Kiel", "Schleswig-Holstein", "241##"),
        Place("Erfurt", "Thüringen", "990##"),
        Place("Rostock", "Mecklenburg-Vorpommern", "180##"),
        Place("Magdeburg", "Sachsen-Anhalt", "391##"),
        Place("Saarbrücken", "Saarland", "661##"),
        Place("Potsdam", "Brandenburg", "144##"),
    ),
    streets=(
        "Hauptstraße", "Bahnhofstr.", "Gartenweg", "Lindenallee", "Schulstraße", "Am Mühlbach", "Goethestraße",
        "Kirchgasse", "Bergstr.", "Ringstraße", "Rosenweg", "Marktplatz", "Friedrich-Ebert-Straße",
    ),
    line="{street} {number}",
    units=("Hinterhaus, {floor}. OG", "Wohnung {unit}", "{floor}. Etage rechts"),
    offices=("{floor}. OG", "Gebäude C"),
    phones=("+49 {dial}###",),
    mobiles=("+49 171 39200##", "+49 176 040690##"),
    highest_number=160,
)  # fmt: skip

_NETHERLANDS = Locale(
    language="nl_NL",
    places=(
        Place("Amsterdam", "", "101# ??|105# ??|109# ??"),
        Place("Rotterdam", "", "301# ??|306# ??"),
        Place("Den Haag", "", "251# ??|258# ??"),
        Place("Utrecht", "", "351# ??|358# ??"),
        Place("Eindhoven", "", "561# ??"),
        Place("Groningen", "", "971# ??"),
        Place("Tilburg", "", "501# ??"),
        Place("Breda", "", "481# ??"),
        Place("Nijmegen", "", "651# ??"),
        Place("Haarlem", "", "201# ??"),
        Place("Leiden", "", "231# ??"),
        Place("Maastricht", "", "621# ??"),
        Place("Arnhem", "", "681# ??"),
        Place("Zwolle", "", "801# ??"),
    ),
    streets=(
        "Kerkstraat", "Dorpsstraat", "Molenweg", "Prinsengracht", "Julianalaan", "Stationsweg", "Schoolstraat",
        "Wilhelminastraat", "Burgemeester de Vriesplein", "Lange Nieuwstraat",
    ),
    line="{street} {number}",
    units=("{floor} hoog", "Huis {unit}"),
    offices=("Unit {unit}",),
    phones=("+31 6 0000 ####",),  # Assumed: the Netherlands keep no phone numbers for fiction; none begins with 06-0.
    highest_number=420,
)  # fmt: skip

_BELGIUM_PHONES = ("+32 400 0# ## ##",)  # Assumed: Belgium keeps no phone numbers for fiction; none begins with 0400 0.

_FLANDERS = Locale(
    language="nl_BE",
    places=(
        Place("Antwerpen", "", "2000|2018|2060"),
        Place("Gent", "", "9000|9050"),
        Place("Brugge", "", "8000|8200"),
        Place("Leuven", "", "3000|3001"),
        Place("Hasselt", "", "3500"),
        Place("Mechelen", "", "2800"),
    ),
    streets=("Kerkstraat", "Grote Markt", "Molenstraat", "Veldstraat", "Stationsstraat", "Leopoldlaan"),
    line="{street} {number}",
    units=("bus {unit}",),
    offices=("bus {unit}",),
    phones=_BELGIUM_PHONES,
    share=0.55,
)
_WALLONIA = Locale(
    language="fr_BE",
    places=(
        Place("Bruxelles", "", "1000|1050|1180|1190"),
        Place("Liège", "", "4000|4020"),
        Place("Namur", "", "5000"),
        Place("Charleroi", "", "6000"),
        Place("Mons", "", "7000"),
    ),
    streets=("Rue de la Station", "Avenue Louise", "Rue du Moulin", "Place Communale", "Chaussée de Wavre"),
    line="{street} {number}",
    units=("bte {unit}",),
    offices=("bte {unit}",),
    phones=_BELGIUM_PHONES,
    share=0.45,
)

_SWEDEN = Locale(
    language="sv_SE",
    places=(
        Place("Stockholm", "", "112 ##|113 ##|114 ##|116 ##|118 ##", dial="8 465 004 "),
        Place("Göteborg", "", "411 ##|413 ##", dial="31 390 06 "),
        Place("Malmö", "", "211 ##|214 ##", dial="40 628 04 "),
        Place("Uppsala", "", "753 ##"),
        Place("Västerås", "", "722 ##"),
        Place("Örebro", "", "702 ##"),
        Place("Linköping", "", "582 ##"),
        Place("Umeå", "", "903 ##"),
        Place("Lund", "", "222 ##|226 ##"),
        Place("Luleå", "", "972 ##"),
        Place("Kiruna", "", "981 ##", dial="980 319 2"),
    ),
    streets=("Storgatan", "Kungsgatan", "Björkvägen", "Skolgatan", "Drottninggatan", "Ängsvägen", "Östra Hamngatan"),
    line="{street} {number}",
    units=("lgh 1{floor}0{floor}", "{floor} tr"),
    offices=("plan {floor}",),
    phones=("+46 {dial}##",),
    mobiles=("+46 70 174 06 1#", "+46 70 174 06 4#", "+46 70 174 06 8#"),
    highest_number=110,
)

_POLAND = Locale(
    language="pl_PL",
    places=(
        Place("Warszawa", "", "00-###|01-###|02-###|03-###|04-###"),
        Place("Kraków", "", "30-###|31-###"),
        Place("Wrocław", "", "50-###|53-###|54-###"),
        Place("Poznań", "", "60-###|61-###"),
        Place("Gdańsk", "", "80-###"),
        Place("Gdynia", "", "81-###"),
        Place("Łódź", "", "90-###|91-###|93-###"),
        Place("Lublin", "", "20-###"),
        Place("Katowice", "", "40-###"),
        Place("Szczecin", "", "70-###|71-###"),
        Place("Białystok", "", "15-###"),
        Place("Rzeszów", "", "35-###"),
        Place("Toruń", "", "87-1##"),
    ),
    streets=(
        "ul. Polna",
        "ul. Leśna",
        "ul. Słoneczna",
        "ul. Krótka",
        "al. Niepodległości",
        "ul. Ogrodowa",
        "ul. Lipowa",
    ),
    line="{street} {number}",
    units=("m. {unit}",),
    offices=("lok. {unit}",),
    phones=("+48 20 000 ## ##",),  # Assumed: Poland keeps no phone numbers for fiction; there is no area 20.
    highest_number=140,
)

NORTH: dict[str, tuple[Locale, ...]] = {
    "GB": (_BRITAIN,),
    "IE": (_IRELAND,),
    "DE": (_GERMANY,),
    "NL": (_NETHERLANDS,),
    "BE": (_FLANDERS, _WALLONIA),
    "SE": (_SWEDEN,),
    "PL": (_POLAND,),
}
