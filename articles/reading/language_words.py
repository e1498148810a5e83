"""Function words and names of languages, as facts."""
# ruff: noqa: E501 - a table of facts, easier to keep in long lines

_ROWS = {
    "en": "the of and to in is that for was on with as by at from are this be have has it not said an his her their were which who will they but been had would more he she its after about",
    "de": "der die das und ist nicht mit von den dem des ein eine einen einem einer auf für sich auch als bei nach aus wie wird sind hat werden im zum zur über dass sie es ich aber noch nur oder vor",
    "fr": "le la les des et est une dans que pour qui par sur pas au aux avec du ce cette ces son sa ses plus ne se il elle ont été sont leur mais nous après en un d l selon entre",
    "es": "el la los las de que y en un una del por con para se su al lo como más pero sus este esta ha ser fue son entre según también sobre había años desde es no ya muy",
    "it": "il lo la gli le di che e è un una del della dei delle per con non sono si nel nella al alla dal dalla più anche ha come ma questo questa stato dopo tra degli i da su",
    "pt": "o a os as de que e é um uma do da dos das em no na nos nas para com por não se ao mais como mas foi são ser também pelo pela sobre segundo entre ele ela já está seu sua",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er om ook als maar bij naar door uit nog wordt heeft werd hebben deze over dan zich worden tot was",
    "sv": "och att det som en på är av för med den till inte har om ett men var jag från vi så kan efter när också sig under eller där nu ska ut vid enligt",
    "da": "og at det er en til på af for den i med der ikke de som har et om han var fra vi kan men efter når også blev ved eller sig skal ud mod være siger",
    "no": "og det er en til på av for den i med som ikke de har et om han var fra vi kan men etter når også ble ved eller seg skal ut mot være sier",
    "fi": "ja on ei se että oli hän ovat mutta myös kun joka sen mukaan ole kuin tai sitä jo nyt vain niin mitä ollut jonka tämä hänen vuoden",
    "pl": "i w nie na się z do to że jest o jak za po ale przez od są dla tym był czy ich także oraz który jego było która które ze ma już co",
    "cs": "a se v na je že s z do o i za to pro jako by po ale od které který jsou při podle také jeho byl ve bylo jsem aby už však",
    "sk": "a sa v na je že s z do o aj za to pre ako by po ale od ktoré ktorý sú pri podľa tiež jeho bol vo bolo som aby už však",
    "hu": "a az és hogy nem is egy van volt meg de ez ami már csak azt mint még el vagy szerint után ki lehet kell akkor amely lesz",
    "ro": "și de în a la cu pe că din pentru nu este un o care mai au să sunt fost prin sau după despre dar fi această lui ale cel al",
    "tr": "ve bir bu için ile da de olarak çok daha olan en kadar sonra gibi ise var ne o ya her oldu dedi göre yılında olduğu ancak iki",
    "id": "yang dan di ini itu dengan untuk dari pada tidak dalam akan juga ke adalah oleh tersebut telah ada bisa mereka sudah kata karena atau lebih saat",
    "vi": "và của là có trong cho không được các những một người với đã này khi từ đến tại sẽ cũng về ra như",
    "ca": "el la els les de que i en un una del per amb és no al als dels més com però seva aquest aquesta han està també ha són fer sobre",
    "hr": "i je u na se da za su od s a o kao koji to bi nije ne koje koja iz te sve ali bio što prema nakon više samo još biti kako",
    "lt": "ir yra kad į su iš tai apie bet kaip po jis už buvo nuo dėl metų taip pat ar jos jų kuris",
    "et": "ja on ei et see oli ka kui mis ning aga ta tema oma või kes seda olid siis veel mille pole",
    "lv": "un ir ka uz no ar tas par kas bet arī pēc viņš bija vai lai kā tā tiek gada",
    "sq": "dhe të në e është për me një që nga se do ka si më nuk ky kjo por edhe janë ishte",
    "eu": "eta da du ez bat dute ere izan baina dira hori egin zuen bere",
    "sw": "na ya wa kwa ni katika za la kuwa hiyo huo cha baada yake hii wake alisema",
    "tl": "ang ng sa na mga ay at si ni para ito siya hindi kay nang may",
    "az": "və bu ilə bir üçün da də olan daha kimi isə görə sonra olub edib",
    "ms": "daripada beliau berkata kerana ialah boleh kepada turut manakala bahawa sahaja negeri",
    "af": "die en van in het is dat te nie vir met op sy wat om aan ook was as by hulle deur word",
}  # fmt: skip

FUNCTION_WORDS: dict[str, tuple[str, ...]] = {
    code: tuple(dict.fromkeys(words.split())) for code, words in _ROWS.items()
}

_NAMES = {
    "en": "english anglais inglés ingles inglese englisch inglês engels английский الإنجليزية 英语 英語",
    "fr": "french français francais französisch francés francese francês frans французский الفرنسية",
    "de": "german deutsch allemand alemán tedesco alemão duits немецкий",
    "es": "spanish español espanol castellano espagnol spanisch spagnolo espanhol spaans испанский",
    "it": "italian italiano italien italienisch italiaans",
    "pt": "portuguese português portugues portugais portugiesisch portoghese portugués",
    "nl": "dutch nederlands néerlandais niederländisch holandés olandese flemish",
    "sv": "swedish svenska suédois schwedisch sueco", "da": "danish dansk danois dänisch danés",
    "no": "norwegian norsk norvégien norwegisch noruego", "nb": "bokmål", "nn": "nynorsk",
    "fi": "finnish suomi finnois finnisch", "pl": "polish polski polonais polnisch polaco",
    "cs": "czech čeština česky tchèque tschechisch", "sk": "slovak slovenčina slovensky slovaque",
    "hu": "hungarian magyar hongrois ungarisch", "ro": "romanian română roumain rumänisch",
    "bg": "bulgarian български bulgare", "el": "greek ελληνικά grec griechisch",
    "ru": "russian русский russe russisch ruso russo الروسية",
    "uk": "ukrainian українська ukrainien ukrainisch", "be": "belarusian беларуская",
    "sr": "serbian српски srpski serbe", "hr": "croatian hrvatski croate", "sl": "slovenian slovene slovenščina",
    "bs": "bosnian bosanski", "mk": "macedonian македонски", "sq": "albanian shqip",
    "tr": "turkish türkçe turc türkisch turco", "az": "azerbaijani azeri azərbaycanca",
    "kk": "kazakh қазақша қазақ", "ky": "kyrgyz кыргызча", "uz": "uzbek oʻzbekcha", "tg": "tajik",
    "ug": "uighur uyghur", "mn": "mongolian монгол", "ka": "georgian ქართული", "hy": "armenian հայերեն",
    "ar": "arabic العربية عربي arabe arabisch árabe arabo", "he": "hebrew עברית hébreu hebräisch",
    "fa": "persian farsi فارسی persan", "ur": "urdu اردو", "ps": "pashto پښتو", "ku": "kurdish kurdî",
    "hi": "hindi हिन्दी हिंदी", "bn": "bengali bangla বাংলা", "ta": "tamil தமிழ்", "te": "telugu తెలుగు",
    "mr": "marathi मराठी", "gu": "gujarati", "pa": "punjabi", "ne": "nepali नेपाली", "si": "sinhala",
    "zh": "chinese 中文 汉语 漢語 chinois chinesisch chino cinese chinês mandarin 简体中文 繁體中文",
    "ja": "japanese 日本語 japonais japanisch japonés", "ko": "korean 한국어 coréen koreanisch coreano",
    "vi": "vietnamese tiếngviệt", "th": "thai ไทย", "id": "indonesian", "ms": "malay melayu",
    "tl": "tagalog filipino", "my": "burmese", "km": "khmer", "lo": "lao",
    "sw": "swahili kiswahili", "am": "amharic", "so": "somali", "ha": "hausa", "yo": "yoruba", "zu": "zulu",
    "af": "afrikaans", "ca": "catalan català catalán", "eu": "basque euskara", "gl": "galician galego",
    "cy": "welsh cymraeg", "ga": "irish gaeilge", "is": "icelandic íslenska",
    "lt": "lithuanian lietuvių", "lv": "latvian latviešu", "et": "estonian eesti", "mt": "maltese", "la": "latin",
}  # fmt: skip

LANGUAGE_NAMES: dict[str, str] = {
    name.casefold(): code for code, names in _NAMES.items() for name in names.split()
} | {"bahasa indonesia": "id", "bahasa melayu": "ms", "tiếng việt": "vi"}
