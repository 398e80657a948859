"""Given and family names of each language, and what companies are called in each country.

The names are common ones, put together by chance: whoever bears one is not meant.
"""

# ruff: noqa: RUF001 - Turkish writes an i without a dot, and means it

from __future__ import annotations

from msgspec import Struct


class Names(Struct, frozen=True):
    """What people of a language are called."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    form: str = "{given} {family}"


def _words(text: str) -> tuple[str, ...]:
    """The names in a line; a tilde stands where a name has a space within."""
    return tuple(word.replace("~", " ") for word in text.split())


def _names(given: str, family: str, form: str = "{given} {family}") -> Names:
    return Names(_words(given), _words(family), form)


_ENGLISH = _names(
    "Olivia Noah Emma Liam Grace Ethan Hannah Caleb Ruby Owen Chloe Marcus Naomi Dylan Tessa Jordan Paige Victor Leah "
    "Derek Sadie Malcolm Joyce Curtis Priya Kenji Rosa Andre Fatima Walter",
    "Carter Bennett Hughes Morgan Reed Foster Hayes Coleman Price Barnes Sutton Doyle Marsh Whitaker Ellison Park "
    "Nguyen Patel Ramirez Okafor O'Brien Lindgren Kowalski Fischer Chen Delgado Abbott Sinclair-Jones Pruitt Vance",
)
_ARABIC = _names(
    "أحمد فاطمة محمود ليلى خالد نورة يوسف سارة عمر هدى طارق مريم",
    "الحربي السيد القحطاني منصور الشمري حسن الزهراني عبدالله الدوسري فؤاد",
)
_ARABIC_IN_LATIN = _names(
    "Ahmed Fatima Mahmoud Layla Khalid Noura Youssef Sara Omar Huda Tariq Maryam Hassan Amal",
    "Al-Harbi Mansour Al-Qahtani Farouk Hamdan Al-Zahrani Nasser Al-Mazrouei Khalil Sabry Haddad Rahman",
)
_FRENCH = _names(
    "Camille Hugo Chloé Louis Manon Jules Léa Gabriel Inès Théo Margaux Antoine Élodie Maxime Zoé Jean-Baptiste "
    "Anaïs Loïc Hélène François",
    "Martin Bernard Dubois Petit Moreau Lefèvre Garnier Faure Rousseau Blanchard Gauthier Perrin Morel Chevalier "
    "Lemaître d'Aubigny Besson Le~Goff Tremblay Bouchard",
)
_DUTCH = _names(
    "Daan Emma Sem Julia Lucas Tess Bram Sanne Thijs Fleur Ruben Lotte Jeroen Maud Pieter Anouk Willem Noor",
    "de~Jong Jansen de~Vries Bakker van~Dijk Visser Smit Meijer de~Boer Mulder Bos Vos van~der~Meer Peeters Dekker "
    "Kuipers Hoekstra Claes",
)
_SPANISH = _names(
    "Lucía Hugo Sofía Martín Paula Daniel Carmen Álvaro Elena Javier Nuria Sergio Inés Íñigo Marta Andrés Begoña "
    "José~Luis María~José Alejandro",
    "García Fernández González Rodríguez López Sánchez Pérez Gómez Muñoz Álvarez Romero Navarro Iglesias Castaño "
    "Ibáñez Vidal Cano Peña Serrano Núñez",
    form="{given} {family} {second}",
)

NAMES: dict[str, Names] = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "nl": _DUTCH,
    "es": _SPANISH,
    "ar": _ARABIC,
    "en_AE": _ARABIC_IN_LATIN,
    "en_SA": _ARABIC_IN_LATIN,
    "en_EG": _ARABIC_IN_LATIN,
    "de": _names(
        "Lukas Anna Felix Lena Jonas Marie Maximilian Sophie Paul Katharina Jürgen Sabine Björn Käthe Florian Ulrike "
        "Matthias Heike Götz Annegret",
        "Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Richter Klein Wolf Schröder "
        "Neumann Groß Krüger Köhler von~Bergen Yılmaz",
    ),
    "it": _names(
        "Giulia Leonardo Sofia Francesco Aurora Lorenzo Chiara Matteo Elisa Davide Niccolò Beatrice Gian~Luca Noemi "
        "Alessio Martina Piero Ilaria",
        "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De~Luca D'Angelo "
        "Costa Fontana Nicolò",
    ),
    "pt": _names(
        "Ana João Beatriz Pedro Larissa Gabriel Camila Rafael Juliana Thiago Letícia Vinícius Márcia Antônio Débora "
        "Luís Conceição Caio",
        "Silva Santos Oliveira Souza Lima Pereira Ferreira Almeida Costa Gomes Ribeiro Carvalho Araújo Barbosa Rocha "
        "Assunção Magalhães Gonçalves",
        form="{given} {second} {family}",
    ),
    "sv": _names(
        "Elsa Oscar Maja Lars Astrid Erik Freja Gustav Linnéa Nils Åsa Björn Ebba Håkan Saga Anders Märta Sören",
        "Andersson Johansson Karlsson Nilsson Eriksson Lindqvist Berg Sjöberg Åkesson Öberg Holm Lundström Ek Dahl "
        "Sandberg Hägg Wikström Malm",
    ),
    "pl": _names(
        "Zofia Jakub Hanna Szymon Maja Filip Łucja Wojciech Agnieszka Paweł Małgorzata Krzysztof Elżbieta Michał "
        "Żaneta Grzegorz Bożena Stanisław",
        "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Kaczmarek Zając Król Wróbel Dudek Stępień Pawlak Gołąb Sikora "
        "Bąk Żak Ćwik",
    ),
    "tr": _names(
        "Zeynep Yusuf Elif Mehmet Ayşe Emre Çağla Burak Gülşen Oğuz İpek Hakan Şeyma Barış Ebru Kıvanç Özge Umut",
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Koç "
        "Işık Güneş",
    ),
    "ja": _names(
        "蓮 陽菜 大翔 結衣 悠真 美咲 健太 花子 拓也 さくら 翔太 恵子 直樹 由美 隆 愛 誠 真由美 和子 ひろし",
        "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 髙島 齋藤 木村",
        form="{family} {given}",
    ),
    "en_JP": _names(
        "Haruto Yui Kenta Misaki Emily Daniel Takumi Sakura James Laura",
        "Sato Suzuki Takahashi Tanaka Ito Watanabe Miller Kobayashi Brooks Yamada",
    ),
    "en_IN": _names(
        "Aarav Ananya Vihaan Diya Arjun Ishita Rohan Kavya Suresh Meera Rahul Lakshmi Imran Sneha Gurpreet Neha "
        "Karthik Pooja Abdul Shalini",
        "Sharma Patel Reddy Iyer Singh Khan Nair Gupta Das Joshi Kulkarni Menon Rao Chatterjee Pillai D'Souza Kaur "
        "Bhat Verma Mishra",
    ),
    "en_SG": _names(
        "Wei~Ling Jun~Hao Hui~Min Zhi~Wei Nurul Farhan Priya Arvind Rachel Benjamin Siti Marcus",
        "Tan Lim Lee Ng Ong Goh Chua Koh binte~Rahman Krishnan Teo Yeo",
    ),
    "en_IE": _names(
        "Aoife Conor Saoirse Cian Niamh Oisín Róisín Declan Ciara Seán Gráinne Pádraig Emer Fionn",
        "Murphy Kelly O'Sullivan Walsh Byrne O'Connor Ryan Doyle McCarthy Gallagher Ní~Bhriain Nolan Brennan Keane",
    ),
    "en_ZA": _names(
        "Thabo Lerato Pieter Naledi Sipho Anika Johan Zanele Riaan Ayanda Fatima Kobus Nomsa Megan",
        "Nkosi van~der~Merwe Dlamini Botha Naidoo Mokoena Pretorius Khumalo Jacobs du~Plessis Mahlangu Govender Fourie",
    ),
}  # fmt: skip

# What companies are called, by country, or by language where its script is another; {family} is the founder's.
COMPANIES: dict[str, tuple[str, ...]] = {
    "US": ("{family} Supply LLC", "{family} & Sons, Inc.", "{family} Dental Group", "{family} Design Studio LLC"),
    "CA": ("{family} Outfitters Ltd.", "Les Entreprises {family} inc.", "{family} Contracting Inc."),
    "MX": ("Comercializadora {family}, S.A. de C.V.", "Grupo {family}, S. de R.L. de C.V."),
    "BR": ("{family} Comércio Ltda.", "{family} & Filhos Ltda. - ME", "Padaria {family} Eireli"),
    "GB": ("{family} & Co. Ltd", "{family} Interiors Limited", "{family} Lettings LLP"),
    "IE": ("{family} Catering Ltd", "{family} & Daughters DAC"),
    "DE": ("{family} GmbH", "{family} & Söhne OHG", "Ingenieurbüro {family} GbR", "{family} Gastro GmbH & Co. KG"),
    "FR": ("{family} SARL", "Ets {family} & Fils", "Cabinet {family} SAS"),
    "IT": ("{family} S.r.l.", "F.lli {family} S.n.c.", "Studio {family} & Associati"),
    "ES": ("{family} e Hijos, S.L.", "Talleres {family}, S.A.", "Clínica {family}, S.L.P."),
    "NL": ("{family} B.V.", "Bouwbedrijf {family} V.O.F."),
    "BE": ("{family} BV", "{family} & Fils SRL"),
    "SE": ("{family} Bygg AB", "{family} Konsult AB"),
    "PL": ("{family} Sp. z o.o.", "PHU {family}"),
    "TR": ("{family} Ticaret Ltd. Şti.", "{family} İnşaat A.Ş."),
    "JP": ("株式会社{family}商店", "有限会社{family}製作所", "{family}合同会社"),
    "AU": ("{family} Pty Ltd", "{family} Plumbing Pty Ltd"),
    "IN": ("{family} Enterprises", "{family} Traders Pvt Ltd", "M/s {family} & Co."),
    "SG": ("{family} Trading Pte. Ltd.", "{family} Solutions Pte. Ltd."),
    "AE": ("{family} General Trading LLC", "{family} FZ-LLC"),
    "SA": ("{family} Trading Est.", "{family} Contracting Co."),
    "EG": ("{family} for Trade & Supplies", "{family} Engineering Co."),
    "ar_SA": ("مؤسسة {family} للتجارة", "شركة {family} للمقاولات"),
    "ar_EG": ("شركة {family} للتوريدات", "مكتب {family} الهندسي"),
    "en_JP": ("{family} Trading K.K.", "{family} Design G.K."),
    "ZA": ("{family} (Pty) Ltd", "{family} Wholesalers CC"),
}


def names_of(language: str) -> Names:
    """The names of a language in a country, or of the language."""
    return NAMES.get(language) or NAMES[language[:2]]


def companies_of(language: str, country_code: str) -> tuple[str, ...]:
    """The forms of a company's name in a country, in one of its languages."""
    return COMPANIES.get(language) or COMPANIES[country_code]
