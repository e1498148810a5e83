"""Words that tell names from other words, and kinds of names from each other. Folded; English."""


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


def _names(lines: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in lines.split(",") if name.strip())


CALENDAR = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat
    sun january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec christmas easter ramadan today tomorrow
    """
)
# Words with a capital that are no names wherever they stand.
NEVER = _words(
    """
    i i'm i've im ive a an the and or but if in on at to of for from by with as is it its he she
    we they you his her their our my your this that these those there here what when where who
    why how not no yes all some any many most more one two three four five six seven eight nine
    ten first second third last next  mr mrs ms am pm gmt est edt utc rt via lol omg ok
    oh hey hi hello please thanks thank god internet english french german russian chinese
    spanish italian japanese christian muslim jewish catholic islamic islam tv dvd cd pc url
    http https www id faq
    """
)
# What begins a sentence and is a name seldom.
STARTERS = _words(
    """
    after before although though while because since until unless however moreover meanwhile
    also then thus hence therefore still yet even only just both each every either neither nor
    so such another other others several few much less same own than too very can could may
    might must shall should will would do does did done have has had having be been being was
    were are am let get got go going come came make made take took see saw say said says tell
    told ask asked give gave find found know knew think thought want look use work call try need
    feel become leave put mean keep begin seem help show hear play run move live believe hold
    bring happen write provide sit stand lose pay meet include continue set learn change lead
    understand watch follow stop create speak read allow add spend grow open walk win offer
    remember love consider appear buy wait serve die send expect build stay fall cut reach kill
    remain under over between among during against within without through across around about
    above below near off out up down into onto per plus despite except like unlike according
    based given born died early late later earlier people men women children police officials
    government man woman year years day days week month time times today yesterday tomorrow
    tonight now never always often sometimes again once twice shares sales results prices
    traders analysts dealers total net note scores standings check good great best top big real
    right left home news world city state national local general former ex senior chief head
    director manager spokesman spokeswoman minister president redirect retrieved category list
    main album song film series season episode game team club happy free full high low long
    short small large young dear sorry sure maybe well why her him me us them himself herself
    itself themselves whose which whom whether nothing something everything anything someone
    everyone nobody everybody
    """
)
TITLES = _words(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness count countess duke
    duchess prince princess king queen emperor empress pope cardinal archbishop bishop rev
    reverend father sister brother rabbi imam sheikh sheik ayatollah president premier
    chancellor governor gov senator sen congressman congresswoman representative rep mayor
    minister secretary ambassador judge justice general gen colonel col major maj captain capt
    lieutenant lt sergeant sgt corporal admiral marshal commander inspector detective constable
    coach skipper striker goalkeeper midfielder defender spokesman spokeswoman chairman
    chairwoman director manager editor herr frau monsieur mme mlle senor senora signor comrade
    saint st lieutenant-general vice-president deputy
    """
)
ABBREVIATED = _words(
    """
    mr mrs ms dr prof st gen col maj capt lt sgt gov sen rep rev jr sr mt ft co inc no
    """
)
NOBLE = _words(
    """
    de da di do du del della des der den van von zu bin bint ibn al el la le dos das ten ter af
    y
    """
)
BEFORE_OF = _words(
    """
    bank university ministry department house church institute college school academy council
    court board bureau office chamber museum gallery library federation association union
    society league order army republic kingdom isle gulf bay cape city county state district
    province duke earl commonwealth confederation organisation organization international
    committee secretary battle siege treaty congress party movement front center centre
    institution hospital cathedral
    """
)
OF_ORGANISATIONS = _words(
    """
    inc ltd llc plc corp corporation co company group holdings gmbh ag sa nv bank university
    college school academy institute ministry department agency authority commission committee
    council court parliament senate congress assembly party union association federation league
    club fc afc cf sc united city rovers wanderers athletic rangers army navy police guard corps
    brigade regiment force forces church foundation trust fund society organisation organization
    bureau office board service services airlines airways air motors industries systems
    technologies software media press news times post journal herald tribune gazette telegraph
    radio television broadcasting records studios pictures entertainment insurance securities
    capital partners brothers sons railway railways railroad shipping steel oil gas energy
    petroleum pharmaceuticals laboratories hospital museum library orchestra opera band team
    cabinet administration exchange reserve treasury nations front movement alliance coalition
    conference chamber reuters stores products international electric
    """
)
OF_PLACES = _words(
    """
    street road avenue lane square park river lake sea ocean bay gulf island islands isle
    mountain mountains hill hills valley desert forest beach harbour harbor bridge airport
    station county district province region state states city town village township republic
    kingdom empire peninsula strip coast canal strait falls springs creek ridge heights gardens
    palace castle tower stadium arena centre center hall plaza territory highway
    """
)
BEGIN_PLACES = _words(
    """
    lake mount mt cape fort port san santa north south east west northern southern eastern
    western central upper lower
    """
)
OF_EVENTS = _words(
    """
    war wars olympics games championship championships cup festival revolution battle election
    elections summit olympic tournament open prix marathon treaty
    """
)
# Before a place.
AT = _words(
    """
    in at from near outside inside around across throughout toward towards via
    """
)
# After what is no place: “in Smith's”.
PARTS = _words(
    """
    s
    """
)
SPEAKS = _words(
    """
    said says told added asked replied argued claimed insisted warned explained announced
    admitted declared stated noted recalled wrote thinks believes hopes wants who whose scored
    won beat lost took made went came died married was resigned played served joined led became
    """
)
PEOPLES = _words(
    """
    american british english scottish welsh irish french german italian spanish portuguese dutch
    belgian swiss austrian swedish norwegian danish finnish icelandic polish czech slovak
    hungarian romanian bulgarian greek turkish russian ukrainian belarusian serbian croatian
    bosnian albanian macedonian slovenian estonian latvian lithuanian georgian armenian azeri
    kazakh uzbek iraqi iranian israeli palestinian egyptian syrian lebanese jordanian saudi
    kuwaiti yemeni libyan tunisian algerian moroccan sudanese ethiopian kenyan nigerian ghanaian
    african asian european indian pakistani afghan bangladeshi nepalese burmese thai vietnamese
    cambodian malaysian indonesian filipino chinese japanese korean taiwanese mongolian
    australian canadian mexican cuban brazilian argentine chilean peruvian colombian venezuelan
    americans britons germans russians serbs croats kurds arabs jews moslem moslems muslims
    christians catholics kurdish arab zealander
    """
)
PLACES = _names(
    """
    afghanistan, albania, algeria, andorra, angola, argentina, armenia, australia, austria,
    azerbaijan, bahamas, bahrain, bangladesh, barbados, belarus, belgium, belize, benin, bhutan,
    bolivia, bosnia, botswana, brazil, brunei, bulgaria, burkina faso, burma, burundi, cambodia,
    cameroon, canada, cape verde, chad, chile, china, colombia, congo, costa rica, croatia,
    cuba, cyprus, czech republic, czechoslovakia, denmark, djibouti, dominica, dominican
    republic, ecuador, egypt, el salvador, england, eritrea, estonia, ethiopia, fiji, finland,
    france, gabon, gambia, georgia, germany, ghana, greece, grenada, guatemala, guinea, guyana,
    haiti, honduras, hong kong, hungary, iceland, india, indonesia, iran, iraq, ireland, israel,
    italy, ivory coast, jamaica, japan, jordan, kazakhstan, kenya, kosovo, kuwait, kyrgyzstan,
    laos, latvia, lebanon, lesotho, liberia, libya, liechtenstein, lithuania, luxembourg,
    macedonia, madagascar, malawi, malaysia, maldives, mali, malta, mauritania, mauritius,
    mexico, moldova, monaco, mongolia, montenegro, morocco, mozambique, myanmar, namibia, nepal,
    netherlands, new zealand, nicaragua, niger, nigeria, north korea, northern ireland, norway,
    oman, pakistan, palestine, panama, papua new guinea, paraguay, peru, philippines, poland,
    portugal, puerto rico, qatar, romania, russia, rwanda, samoa, saudi arabia, scotland,
    senegal, serbia, sierra leone, singapore, slovakia, slovenia, somalia, south africa, south
    korea, soviet union, spain, sri lanka, sudan, suriname, swaziland, sweden, switzerland,
    syria, taiwan, tajikistan, tanzania, thailand, togo, tonga, tunisia, turkey, turkmenistan,
    us, usa, u s, u s a, u k, u s s r, uk, ussr, uganda, ukraine, united arab emirates, united
    kingdom, united
    states, uruguay, uzbekistan, venezuela, vietnam, wales, yemen, yugoslavia, zaire, zambia,
    zimbabwe, britain, great britain, america, africa, asia, europe, antarctica, north america,
    south america, middle east, latin america, london, paris, berlin, rome, madrid, vienna,
    brussels, amsterdam, athens, moscow, warsaw, prague, budapest, lisbon, dublin, stockholm,
    oslo, copenhagen, helsinki, geneva, zurich, frankfurt, munich, hamburg, bonn, milan, naples,
    barcelona, istanbul, ankara, jerusalem, tel aviv, gaza, beirut, damascus, baghdad, tehran,
    cairo, tunis, algiers, lagos, nairobi, johannesburg, cape town, delhi, new delhi, mumbai,
    bombay, calcutta, karachi, islamabad, lahore, dhaka, colombo, kabul, bangkok, hanoi, manila,
    jakarta, kuala lumpur, beijing, peking, shanghai, tokyo, osaka, seoul, taipei, sydney,
    melbourne, auckland, wellington, new york, new york city, washington, chicago, boston, los
    angeles, san francisco, philadelphia, detroit, houston, dallas, atlanta, miami, seattle,
    toronto, montreal, ottawa, vancouver, mexico city, havana, buenos aires, rio de janeiro, sao
    paulo, santiago, lima, bogota, caracas, kiev, kyiv, minsk, sarajevo, belgrade, zagreb,
    bucharest, sofia, manchester, liverpool, birmingham, leeds, glasgow, edinburgh, cardiff,
    belfast, bristol, alabama, alaska, arizona, arkansas, california, colorado, connecticut,
    delaware, florida, hawaii, idaho, illinois, indiana, iowa, kansas, kentucky, louisiana,
    maine, maryland, massachusetts, michigan, minnesota, mississippi, missouri, montana,
    nebraska, nevada, new hampshire, new jersey, new mexico, north carolina, north dakota, ohio,
    oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee,
    texas, utah, vermont, virginia, west virginia, wisconsin, wyoming, ontario, quebec, bavaria,
    siberia, chechnya, kashmir, punjab, catalonia, normandy
    """
)
ORGANISATIONS = _names(
    """
    nato, un, eu, u n, e u, united nations, european union, imf, fbi, cia, bbc, cnn, nasa, opec,
    who,
    unesco, unicef, reuters, microsoft, google, apple, facebook, twitter, youtube, sony, ford,
    toyota, honda, boeing, airbus, ibm, intel, congress, parliament, senate, white house,
    kremlin, supreme court, plo, ira, red cross, interpol, fifa, uefa, nba, nfl, nhl
    """
)
GIVEN = _words(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy
    ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin
    scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis jerry
    tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter
    christian keith roger terry harry ralph sean jesse roy louis billy bruce eugene carl arthur
    lawrence joe alan juan bob bill jim mike tom tony dave steve chris dan tim ben sam fred ted
    ray ron don ken greg jeff matt nick rick phil pete simon martin ian neil graham colin stuart
    geoffrey hugh oliver leo max oscar hans karl heinz klaus jan pierre jean jacques michel
    francois philippe alain andre marc luc carlos luis miguel jorge pedro antonio manuel
    francisco javier fernando rafael diego pablo mario marco giovanni giuseppe paolo roberto
    luca franco ivan boris vladimir sergei alexei mikhail nikolai dmitri yuri viktor igor oleg
    andrei pavel anatoly mohammed mohamed muhammad ahmed ali hassan hussein omar ibrahim khalid
    abdullah abdul yusuf mustafa mehmet kemal yasser saddam yitzhak shimon ariel mary patricia
    jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra
    ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca
    sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen
    samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth
    julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea
    cheryl hannah jacqueline martha gloria teresa ann anne sara madison frances kathryn janice
    alice julia sophia grace denise amber doris marilyn danielle beverly isabella theresa diana
    natalie brittany charlotte marie kayla alexis lori jane kate lucy sophie claire fiona elena
    olga natasha svetlana fatima aisha leila indira benazir hillary monica steffi martina mika
    jarno heikki lars sven erik bjorn nils thorsten juergen jurgen wolfgang gerhard helmut
    guenter werner stefan kofi nelson akira hiroshi kenji takeshi wei ming jiang deng li yang
    kim park lee nguyen
    """
)
# What a name is that nothing is known of.
GUESS = "organisation"
