"""Places of the south of Europe: France, Spain, Italy and Turkiye."""

# ruff: noqa: RUF001 - Turkish writes an i without a dot, and means it

from __future__ import annotations

from sellingpartner.market.simulation.places import Locale, Place

_FRANCE = Locale(
    language="fr_FR",
    # Arcep keeps a block for fiction in each of the five zones, which is what dial holds.
    places=(
        Place("Paris", "", "75003|75005|75010|75011|75015|75018|75020", dial="1 99 00"),
        Place("Montreuil", "", "93100", dial="1 99 00"),
        Place("Versailles", "", "78000", dial="1 99 00"),
        Place("Lyon", "", "69001|69003|69006|69007", dial="4 65 71"),
        Place("Marseille", "", "13001|13006|13008|13012", dial="4 65 71"),
        Place("Toulouse", "", "31000|31200|31400|31500", dial="5 36 49"),
        Place("Nice", "", "06000|06100|06300", dial="4 65 71"),
        Place("Nantes", "", "44000|44100|44300", dial="2 61 91"),
        Place("Strasbourg", "", "67000|67100", dial="3 53 01"),
        Place("Bordeaux", "", "33000|33300|33800", dial="5 36 49"),
        Place("Lille", "", "59000|59800", dial="3 53 01"),
        Place("Rennes", "", "35000|35200|35700", dial="2 61 91"),
        Place("Montpellier", "", "34000|34070|34090", dial="4 65 71"),
        Place("Grenoble", "", "38000|38100", dial="4 65 71"),
        Place("Dijon", "", "21000", dial="3 53 01"),
        Place("Angers", "", "49000|49100", dial="2 61 91"),
        Place("Reims", "", "51100", dial="3 53 01"),
        Place("Le Havre", "", "76600", dial="2 61 91"),
        Place("Clermont-Ferrand", "", "63000|63100", dial="4 65 71"),
        Place("Limoges", "", "87000", dial="5 36 49"),
        Place("Annecy", "", "74000", dial="4 65 71"),
    ),
    streets=(
        "rue de la République", "avenue Jean Jaurès", "rue des Écoles", "impasse du Lavoir", "boulevard Voltaire",
        "place de l'Église", "chemin des Vignes", "rue Victor Hugo", "allée des Tilleuls", "rue du Général Leclerc",
    ),
    line="{number} {street}",
    units=("Appt {unit}", "Bâtiment B, Appt {unit}", "{floor}e étage gauche", "Digicode 4B{unit}"),
    offices=("Bâtiment C", "{floor}e étage"),
    phones=("+33 {dial} ## ##",),
    mobiles=("+33 6 39 98 ## ##",),
    highest_number=190,
)  # fmt: skip

_SPAIN = Locale(
    language="es_ES",
    places=(
        Place("Madrid", "Madrid", "280##"),
        Place("Barcelona", "Barcelona", "080##"),
        Place("Valencia", "Valencia", "460##"),
        Place("Sevilla", "Sevilla", "410##"),
        Place("Zaragoza", "Zaragoza", "500##"),
        Place("Málaga", "Málaga", "290##"),
        Place("Murcia", "Murcia", "300##"),
        Place("Palma", "Illes Balears", "070##"),
        Place("Bilbao", "Bizkaia", "480##"),
        Place("Donostia", "Gipuzkoa", "200##"),
        Place("Alicante", "Alicante", "030##"),
        Place("Granada", "Granada", "180##"),
        Place("Vigo", "Pontevedra", "362##"),
        Place("A Coruña", "A Coruña", "150##"),
        Place("Gijón", "Asturias", "332##"),
        Place("Valladolid", "Valladolid", "470##"),
        Place("Pamplona", "Navarra", "310##"),
        Place("Las Palmas de Gran Canaria", "Las Palmas", "350##"),
    ),
    streets=(
        "Calle Mayor", "Calle del Sol", "Avenida de la Constitución", "Plaza de España", "Calle San José",
        "Paseo de la Castaña", "Carrer de la Marina", "Calle Real", "Ronda de Toledo", "Calle Nueva",
    ),
    line="{street}, {number}",
    units=("{floor}º A", "{floor}º Dcha.", "Escalera B, {floor}º {unit}", "Bajo izquierda"),
    offices=("Nave {unit}", "Oficina {unit}"),
    phones=("+34 500 000 ###",),  # Assumed: Spain keeps no phone numbers for fiction; none begins with 5.
    highest_number=180,
)  # fmt: skip

_ITALY = Locale(
    language="it_IT",
    places=(
        Place("Milano", "MI", "201##"),
        Place("Roma", "RM", "001##"),
        Place("Torino", "TO", "101##"),
        Place("Napoli", "NA", "801##"),
        Place("Bologna", "BO", "401##"),
        Place("Firenze", "FI", "501##"),
        Place("Genova", "GE", "161##"),
        Place("Venezia", "VE", "301##"),
        Place("Verona", "VR", "371##"),
        Place("Padova", "PD", "351##"),
        Place("Trieste", "TS", "341##"),
        Place("Trento", "TN", "381##"),
        Place("Bergamo", "BG", "241##"),
        Place("Perugia", "PG", "061##"),
        Place("Bari", "BA", "701##"),
        Place("Palermo", "PA", "901##"),
        Place("Catania", "CT", "951##"),
        Place("Cagliari", "CA", "091##"),
    ),
    streets=(
        "Via Roma", "Via Garibaldi", "Corso Italia", "Via Dante Alighieri", "Piazza della Libertà", "Viale dei Mille",
        "Via San Marco", "Vicolo del Forno", "Via Leonardo da Vinci", "Via XX Settembre",
    ),
    line="{street} {number}",
    units=("Scala A, int. {unit}", "Interno {unit}", "Piano {floor}"),
    offices=("Piano {floor}",),
    phones=("+39 300 000 ####",),  # Assumed: Italy keeps no phone numbers for fiction; none begins with 300.
    highest_number=150,
)  # fmt: skip

_TURKIYE = Locale(
    language="tr_TR",
    places=(
        Place("İstanbul", "İstanbul", "34710", "Caferağa Mah.", county="Kadıköy"),
        Place("İstanbul", "İstanbul", "34349", "Balmumcu Mah.", county="Beşiktaş"),
        Place("İstanbul", "İstanbul", "34394", "Esentepe Mah.", county="Şişli"),
        Place("Ankara", "Ankara", "06680", "Kavaklıdere Mah.", county="Çankaya"),
        Place("İzmir", "İzmir", "35600", "Bostanlı Mah.", county="Karşıyaka"),
        Place("Bursa", "Bursa", "16110", "Fethiye Mah.", county="Nilüfer"),
        Place("Antalya", "Antalya", "07100", "Kızılarık Mah.", county="Muratpaşa"),
        Place("Adana", "Adana", "01060", "Tepebağ Mah.", county="Seyhan"),
        Place("Konya", "Konya", "42060", "Bosna Hersek Mah.", county="Selçuklu"),
        Place("Trabzon", "Trabzon", "61030", "Gazipaşa Mah.", county="Ortahisar"),
    ),
    streets=("Çiçek Sk.", "Bağdat Cd.", "Gül Sk.", "Atatürk Cd.", "İnönü Cd.", "Papatya Sk.", "1453. Sk."),
    line="{street} No: {number}",
    units=("D: {unit}", "Kat: {floor} D: {unit}"),
    offices=("Kat: {floor}",),
    phones=("+90 500 000 ## ##",),  # Assumed: Turkiye keeps no phone numbers for fiction; none begins with 500.
    highest_number=190,
)

SOUTH: dict[str, tuple[Locale, ...]] = {
    "FR": (_FRANCE,),
    "ES": (_SPAIN,),
    "IT": (_ITALY,),
    "TR": (_TURKIYE,),
}
