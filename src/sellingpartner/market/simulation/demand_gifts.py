"""What people write on the card of a gift, in the language that they shop in."""

from __future__ import annotations

from random import Random

MESSAGES: dict[str, tuple[str, ...]] = {
    "en": (
        "Happy birthday! Hope this makes you smile. Love, Mom & Dad",
        "Congratulations on the new place! See you at the housewarming.",
        "Thank you for looking after the cat.\nYou are the best neighbor we ever had.",
        'For the two of you: "many happy years" & a good breakfast every day!',
        "Get well soon! x",
    ),
    "de": (
        "Alles Gute zum Geburtstag! Liebe Grüße, Oma und Opa",
        "Herzlichen Glückwunsch zur neuen Wohnung!\nBis bald, eure Nachbarn",
        "Danke für alles, du bist die Größte!",
    ),
    "fr": (
        "Joyeux anniversaire ! On t'embrasse très fort.",
        "Félicitations aux jeunes mariés, à très bientôt.",
        "Un petit cadeau pour Noël. Bisous de nous tous",
    ),
    "es": (
        "¡Feliz cumpleaños! Te queremos mucho.",
        "¡Enhorabuena por la casa nueva! Un abrazo muy fuerte.",
        "Para que te acuerdes de nosotros cada mañana. ¡Besos!",
    ),
    "it": (
        "Tanti auguri di buon compleanno! Un abbraccio da tutti noi.",
        "Congratulazioni per la laurea, sei stata bravissima!",
        "Un pensiero per te, perché te lo meriti.",
    ),
    "pt": (
        "Feliz aniversário! Com carinho, da sua família.",
        "Parabéns pela nova casa! Até logo, um abraço.",
        "Uma lembrança para você não esquecer de nós. Beijão!",
    ),
    "nl": (
        "Van harte gefeliciteerd met je verjaardag! Dikke kus",
        "Veel geluk in jullie nieuwe huis!",
        "Zomaar, omdat je zo lief bent. Tot zaterdag!",
    ),
    "sv": (
        "Grattis på födelsedagen! Många kramar från oss alla.",
        "Lycka till i nya lägenheten!",
        "God jul önskar farmor och farfar.",
    ),
    "pl": (
        "Wszystkiego najlepszego z okazji urodzin!",
        "Dziękujemy za wszystko. Ściskamy mocno!",
        "Niech służy w nowym mieszkaniu. Do zobaczenia w święta!",
    ),
    "tr": (
        "Doğum günün kutlu olsun! Seni çok seviyoruz.",
        "Yeni evinizde güle güle oturun.",
        "Küçük bir hediye, büyük bir teşekkür.",
    ),
    "ja": (
        "お誕生日おめでとうございます。素敵な一年になりますように。",
        "ご結婚おめでとうございます。末永くお幸せに。",
        "いつもありがとう。体に気をつけてね。",
    ),
    "ar": (
        "كل عام وأنت بخير! مع خالص المحبة.",
        "ألف مبروك البيت الجديد.",
        "شكراً على كل شيء.",
    ),
}


def gift_message(chance: Random, language: str) -> str | None:
    """A card's text in a language like `de_DE`; one gift in five has no card."""
    if chance.random() < 0.2:  # noqa: PLR2004 - said above
        return None
    return chance.choice(MESSAGES.get(language[:2], MESSAGES["en"]))
