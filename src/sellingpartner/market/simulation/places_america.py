"""Places of the Americas: the United States, Canada, Mexico and Brazil."""

from __future__ import annotations

from sellingpartner.market.simulation.places import Locale, Place

_UNITED_STATES = Locale(
    language="en_US",
    places=(
        Place("Seattle", "WA", "981##", dial="206"),
        Place("Spokane", "WA", "992##", dial="509"),
        Place("Portland", "OR", "972##", dial="503"),
        Place("San Francisco", "CA", "941##", dial="415"),
        Place("Los Angeles", "CA", "900##", dial="213"),
        Place("San Diego", "CA", "921##", dial="619"),
        Place("Sacramento", "CA", "958##", dial="916"),
        Place("Las Vegas", "NV", "891##", dial="702"),
        Place("Phoenix", "AZ", "850##", dial="602"),
        Place("Albuquerque", "NM", "871##", dial="505"),
        Place("Salt Lake City", "UT", "841##", dial="801"),
        Place("Denver", "CO", "802##", dial="303"),
        Place("Boise", "ID", "837##", dial="208"),
        Place("Austin", "TX", "787##", dial="512"),
        Place("Houston", "TX", "770##", dial="713"),
        Place("Dallas", "TX", "752##", dial="214"),
        Place("San Antonio", "TX", "782##", dial="210"),
        Place("Oklahoma City", "OK", "731##", dial="405"),
        Place("Kansas City", "MO", "641##", dial="816"),
        Place("Saint Louis", "MO", "631##", dial="314"),
        Place("Omaha", "NE", "681##", dial="402"),
        Place("Minneapolis", "MN", "554##", dial="612"),
        Place("Milwaukee", "WI", "532##", dial="414"),
        Place("Madison", "WI", "537##", dial="608"),
        Place("Chicago", "IL", "606##", dial="312"),
        Place("Indianapolis", "IN", "462##", dial="317"),
        Place("Detroit", "MI", "482##", dial="313"),
        Place("Grand Rapids", "MI", "495##", dial="616"),
        Place("Columbus", "OH", "432##", dial="614"),
        Place("Cleveland", "OH", "441##", dial="216"),
        Place("Pittsburgh", "PA", "152##", dial="412"),
        Place("Philadelphia", "PA", "191##", dial="215"),
        Place("New York", "NY", "100##", dial="212"),
        Place("Brooklyn", "NY", "112##", dial="718"),
        Place("Rochester", "NY", "146##", dial="585"),
        Place("Boston", "MA", "021##", dial="617"),
        Place("Portland", "ME", "041##", dial="207"),
        Place("Newark", "NJ", "071##", dial="973"),
        Place("Baltimore", "MD", "212##", dial="410"),
        Place("Washington", "DC", "200##", dial="202"),
        Place("Richmond", "VA", "232##", dial="804"),
        Place("Raleigh", "NC", "276##", dial="919"),
        Place("Charlotte", "NC", "282##", dial="704"),
        Place("Charleston", "SC", "294##", dial="843"),
        Place("Atlanta", "GA", "303##", dial="404"),
        Place("Nashville", "TN", "372##", dial="615"),
        Place("New Orleans", "LA", "701##", dial="504"),
        Place("Jacksonville", "FL", "322##", dial="904"),
        Place("Miami", "FL", "331##", dial="305"),
        Place("Tampa", "FL", "336##", dial="813"),
        Place("Honolulu", "HI", "968##", dial="808"),
        Place("Anchorage", "AK", "995##", dial="907"),
    ),
    streets=(
        "Maple St", "Oak Ave", "Cedar Ln", "W Elm St", "Lakeview Dr", "Highland Ave", "N 4th St", "E 12th Ave",
        "Sunset Blvd", "Washington St", "Park Ave", "Hillcrest Rd", "Chestnut St", "Mill Creek Rd", "Birchwood Ct",
        "Prairie View Dr", "S Main St", "Old Post Rd", "Magnolia Way", "Franklin St", "Juniper Pl", "River Rd",
    ),
    line="{number} {street}",
    units=("Apt {unit}", "Apt {unit}B", "Unit {unit}", "# {unit}"),
    offices=("Suite {unit}00", "Ste {unit}", "Floor {unit}"),
    # 555-0100 to 555-0199 are kept for fiction in every area; sellers are given numbers with an extension.
    phones=("+1 {dial}-555-01## ext. #####",),
    highest_number=9800,
)  # fmt: skip

_CANADA_PHONES = ("+1 {dial}-555-01## ext. #####",)

_CANADA = Locale(
    language="en_CA",
    places=(
        Place("Toronto", "ON", "M5? #?#|M4? #?#|M6? #?#", dial="416"),
        Place("Ottawa", "ON", "K1? #?#|K2? #?#", dial="613"),
        Place("Hamilton", "ON", "L8? #?#", dial="905"),
        Place("London", "ON", "N6? #?#", dial="519"),
        Place("Vancouver", "BC", "V5? #?#|V6? #?#", dial="604"),
        Place("Victoria", "BC", "V8? #?#", dial="250"),
        Place("Calgary", "AB", "T2? #?#|T3? #?#", dial="403"),
        Place("Edmonton", "AB", "T5? #?#|T6? #?#", dial="780"),
        Place("Winnipeg", "MB", "R3? #?#|R2? #?#", dial="204"),
        Place("Saskatoon", "SK", "S7? #?#", dial="306"),
        Place("Halifax", "NS", "B3? #?#", dial="902"),
        Place("Fredericton", "NB", "E3? #?#", dial="506"),
        Place("Charlottetown", "PE", "C1? #?#", dial="902"),
        Place("St. John's", "NL", "A1? #?#", dial="709"),
        Place("Whitehorse", "YT", "Y1A #?#", dial="867"),
    ),
    streets=(
        "Maple Ave", "King St W", "Queen St E", "Lakeshore Rd", "Birch Cres", "Victoria St", "Wellington St",
        "Spruce Dr", "Dundas St", "Portage Ave", "Harbour View Rd", "Riverside Dr",
    ),
    line="{number} {street}",
    units=("Apt {unit}", "Unit {unit}", "Bsmt"),
    phones=_CANADA_PHONES,
    highest_number=3900,
    share=0.78,
)  # fmt: skip

_QUEBEC = Locale(
    language="fr_CA",
    places=(
        Place("Montréal", "QC", "H2? #?#|H3? #?#|H4? #?#", dial="514"),
        Place("Québec", "QC", "G1? #?#", dial="418"),
        Place("Gatineau", "QC", "J8? #?#", dial="819"),
        Place("Sherbrooke", "QC", "J1? #?#", dial="819"),
        Place("Trois-Rivières", "QC", "G8? #?#", dial="819"),
    ),
    streets=(
        "rue Saint-Denis", "avenue du Parc", "rue Sherbrooke O", "boul. Saint-Laurent", "rue des Érables",
        "chemin Sainte-Foy", "rue Notre-Dame E", "avenue De Lorimier",
    ),
    line="{number} {street}",
    units=("App. {unit}", "App. {unit}A"),
    offices=("Bureau {unit}0",),
    phones=_CANADA_PHONES,
    highest_number=6900,
    share=0.22,
)  # fmt: skip

_CDMX = "Ciudad de México"

_MEXICO = Locale(
    language="es_MX",
    places=(
        Place(_CDMX, _CDMX, "06700", "Roma Norte", municipality="Cuauhtémoc", dial="55"),
        Place(_CDMX, _CDMX, "06140", "Condesa", municipality="Cuauhtémoc", dial="55"),
        Place(_CDMX, _CDMX, "03100", "Del Valle Centro", municipality="Benito Juárez", dial="55"),
        Place(_CDMX, _CDMX, "03020", "Narvarte Poniente", municipality="Benito Juárez", dial="55"),
        Place(_CDMX, _CDMX, "11560", "Polanco V Sección", municipality="Miguel Hidalgo", dial="55"),
        Place(_CDMX, _CDMX, "04100", "Del Carmen", municipality="Coyoacán", dial="55"),
        Place("Guadalajara", "Jalisco", "44160", "Americana", municipality="Guadalajara", dial="33"),
        Place("Guadalajara", "Jalisco", "44630", "Providencia", municipality="Guadalajara", dial="33"),
        Place("Zapopan", "Jalisco", "45040", "Chapalita", municipality="Zapopan", dial="33"),
        Place("Monterrey", "Nuevo León", "64000", "Centro", municipality="Monterrey", dial="81"),
        Place("Monterrey", "Nuevo León", "64460", "Mitras Centro", municipality="Monterrey", dial="81"),
        Place("Puebla", "Puebla", "72160", "La Paz", municipality="Puebla", dial="222"),
        Place("Querétaro", "Querétaro", "76000", "Centro", municipality="Querétaro", dial="442"),
        Place("León", "Guanajuato", "37000", "Centro", municipality="León", dial="477"),
        Place("Mérida", "Yucatán", "97000", "Centro", municipality="Mérida", dial="999"),
        Place("Tijuana", "Baja California", "22010", "Zona Urbana Río Tijuana", municipality="Tijuana", dial="664"),
        Place("Toluca", "Estado de México", "50000", "Centro", municipality="Toluca", dial="722"),
    ),
    streets=(
        "Calle Durango", "Av. Insurgentes", "Calle Orizaba", "Av. Hidalgo", "Calle 5 de Mayo", "Calle Morelos",
        "Av. Juárez", "Calle Niños Héroes", "Calle Pino Suárez", "Privada de los Fresnos", "Av. Revolución",
    ),
    line="{street} {number}",
    units=("Int. {unit}", "Depto. {unit}"),
    offices=("Piso {unit}", "Oficina {unit}"),
    # Assumed: Mexico keeps no phone numbers for fiction; no subscriber's number begins with 0.
    phones=("+52 {dial} 0000 ####",),
    highest_number=1200,
)  # fmt: skip

_BRAZIL = Locale(
    language="pt_BR",
    places=(
        Place("São Paulo", "SP", "054##-###", "Pinheiros", dial="11"),
        Place("São Paulo", "SP", "041##-###", "Vila Mariana", dial="11"),
        Place("São Paulo", "SP", "013##-###", "Bela Vista", dial="11"),
        Place("Campinas", "SP", "1302#-###", "Cambuí", dial="19"),
        Place("Rio de Janeiro", "RJ", "220##-###", "Copacabana", dial="21"),
        Place("Rio de Janeiro", "RJ", "205##-###", "Tijuca", dial="21"),
        Place("Niterói", "RJ", "242##-###", "Icaraí", dial="21"),
        Place("Belo Horizonte", "MG", "301##-###", "Savassi", dial="31"),
        Place("Vitória", "ES", "290##-###", "Praia do Canto", dial="27"),
        Place("Curitiba", "PR", "804##-###", "Batel", dial="41"),
        Place("Florianópolis", "SC", "880##-###", "Centro", dial="48"),
        Place("Porto Alegre", "RS", "905##-###", "Moinhos de Vento", dial="51"),
        Place("Salvador", "BA", "401##-###", "Barra", dial="71"),
        Place("Recife", "PE", "510##-###", "Boa Viagem", dial="81"),
        Place("Fortaleza", "CE", "601##-###", "Aldeota", dial="85"),
        Place("Brasília", "DF", "702##-###", "Asa Sul", dial="61"),
        Place("Goiânia", "GO", "741##-###", "Setor Marista", dial="62"),
        Place("Belém", "PA", "660##-###", "Nazaré", dial="91"),
        Place("Manaus", "AM", "690##-###", "Adrianópolis", dial="92"),
    ),
    streets=(
        "Rua das Flores", "Rua Sete de Setembro", "Avenida Brasil", "Rua Tiradentes", "Rua dos Pinheiros",
        "Avenida Getúlio Vargas", "Rua Quinze de Novembro", "Travessa São José", "Rua Marechal Deodoro",
    ),
    line="{street}, {number}",
    units=("Apto {unit}", "Bloco B, Apto {unit}", "Casa 2"),
    offices=("Sala {unit}", "Conjunto {unit}"),
    # Assumed: Brazil keeps no phone numbers for fiction; mobile numbers go on after the 9 with 1 or more.
    phones=("+55 {dial} 90000-####",),
    highest_number=2400,
)  # fmt: skip

AMERICA: dict[str, tuple[Locale, ...]] = {
    "US": (_UNITED_STATES,),
    "CA": (_CANADA, _QUEBEC),
    "MX": (_MEXICO,),
    "BR": (_BRAZIL,),
}
