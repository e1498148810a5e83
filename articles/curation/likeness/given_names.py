"""Given names and their short forms, and names that are transliterated in many ways.

One line each: forms that one person may be printed under. A form can stand on several lines.
"""

from articles.curation.likeness.spelling import skeleton

_LINES = """
robert bob bobby rob robbie
william bill billy will willy liam
richard rick dick rich richie
james jim jimmy jamie
john jack johnny jon
jonathan jon johnny
michael mike mick mickey
thomas tom tommy
charles charlie chuck
edward ed eddie ned ted teddy
edwin ed eddie
theodore ted teddy theo
david dave davey
daniel dan danny
andrew andy drew
anthony tony
antonio tony toni
steven stephen steve
christopher chris kit
christine chris tina
christina chris tina
matthew matt
nicholas nick nicky
nicolas nick nico
samuel sam sammy
samantha sam sammy
benjamin ben benny
joseph joe joey
joshua josh
patrick pat paddy
patricia pat patty trish
peter pete
philip phil
ronald ron ronnie
donald don donnie
kenneth ken kenny
gerald gerry jerry
gregory greg
geoffrey jeffrey geoff jeff
timothy tim
raymond ray
alexander alex sasha sandy
alexandra alex sasha sandra
frederick fred freddie
francis frank
franklin frank
lawrence larry
leonard len lenny
leonardo leo
stanley stan
vincent vince
walter walt
zachary zach zack
douglas doug
nathaniel nathan nate
terence terry
elizabeth liz beth betty lizzie eliza
katherine catherine kathryn kate kathy cathy katie
margaret maggie meg peggy
susan sue susie
susannah sue susie
deborah debbie deb
rebecca becky becca
jennifer jen jenny
jessica jess jessie
victoria vicky vicki
barbara barb
cynthia cindy
dorothy dot dottie
pamela pam
judith judy
kimberly kim
abigail abby
jacqueline jackie
gabrielle gaby
gabriel gabe
isabella bella izzy
josephine jo josie
joanna jo
mohammed muhammad mohamed mohammad muhammed mohamad
ahmed ahmad
hussein husain hussain hossein
hassan hasan
yusuf youssef yousef yousuf
ibrahim ebrahim
abdullah abdallah abdulla
omar umar
khaled khalid
said saeed saeid
mahmoud mahmud
mustafa mostafa moustafa
fatima fatimah fatemeh
aisha ayesha aysha
aleksandr alexander alexandr aleksander
sergey sergei serge
dmitry dmitri dmitriy
yuri yury iurii
vladimir volodymyr
mikhail mihail
nikolai nikolay nicolai
andrei andrey
alexei aleksei alexey aleksey
evgeny yevgeny evgenii yevgeni
josef joseph
johannes hans johann
jose pepe
francisco paco pancho
ignacio nacho
giuseppe beppe
maximilian max
maximillian max
sebastian seb
manuel manolo
"""


def _forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _LINES.split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(skeleton(word), set()).add(words[0])
    return {word: frozenset(lines) for word, lines in found.items()}


_FORMS = _forms()
_NONE: frozenset[str] = frozenset()


def same_name(given: str) -> frozenset[str]:
    """Return the names of which a folded given name is a form; two that share one are alike."""
    return _FORMS.get(skeleton(given), _NONE)
