"""Cities that stand alone in datelines, as facts, in the spellings that newspapers print.

Not a gazetteer of the world: a dateline with an agency, a date or a country needs no list; this one
is for "MOSCOW:" and "Berlin –", which could otherwise be anything.
"""
# ruff: noqa: E501 - a table of facts, easier to keep in long lines

from articles.reading.wordlist import word_set

_LATIN = """
Abidjan;Abu Dhabi;Abuja;Acapulco;Accra;Adana;Addis Ababa;Addis Abeba;Aden;Adelaide;Ahmedabad;Albany;Aleppo;Alexandria;
Algiers;Alger;Argel;Algeri;Algier;Almaty;Alma-Ata;Amman;Amsterdam;Anchorage;Ankara;Annapolis;Antalya;Antananarivo;Antwerp;Anvers;
Ashgabat;Asmara;Astana;Nur-Sultan;Asunción;Asuncion;Athens;Athènes;Atenas;Atene;Athen;Atlanta;Auckland;Augusta;Austin;
Baghdad;Bagdad;Bakhmut;Baku;Bakou;Bali;Baltimore;Bamako;Bandung;Bangalore;Bengaluru;Bangkok;Bangui;Banjul;Barcelona;Barcelone;
Barranquilla;Basel;Basra;Baton Rouge;Beijing;Peking;Pekín;Pékin;Pechino;Pequim;Beirut;Beyrouth;Belfast;Belgrade;Beograd;Belgorod;
Benghazi;Berlin;Berlín;Berlim;Berlino;Bern;Berne;Bethlehem;Bilbao;Birmingham;Bishkek;Bismarck;Bissau;Blantyre;Bloemfontein;
Bogotá;Bogota;Bologna;Bombay;Bonn;Bordeaux;Boston;Brasília;Brasilia;Bratislava;Brazzaville;Bremen;Brisbane;Bristol;Brussels;
Bruxelles;Bruselas;Bruxelas;Brüssel;Brussel;Bucharest;Bucarest;Budapest;Buenos Aires;Bujumbura;Bulawayo;Bursa;Busan;
Cairo;El Cairo;Le Caire;Il Cairo;Kairo;Calcutta;Kolkata;Calgary;Cali;Canberra;Cancún;Cannes;Cape Canaveral;Cape Town;
Caracas;Cardiff;Casablanca;Cayenne;Charleston;Charlotte;Chennai;Chernobyl;Chicago;Chisinau;Chișinău;Chittagong;Christchurch;
Cincinnati;Cleveland;Cologne;Köln;Colonia;Colombo;Columbia;Columbus;Conakry;Copenhagen;Copenhague;København;Kopenhagen;
Cotonou;Dakar;Dallas;Damascus;Damas;Damasco;Damaskus;Dar es Salaam;Darwin;Davos;Delhi;Den Haag;The Hague;La Haye;La Haya;L'Aia;
Denver;Derry;Des Moines;Detroit;Dhaka;Dili;Diyarbakir;Diyarbakır;Djibouti;Dnipro;Dodoma;Doha;Donetsk;Dortmund;Douala;
Dover;Dresden;Dubai;Dublin;Dubrovnik;Durban;Dushanbe;Düsseldorf;Edinburgh;Edmonton;Erbil;Essen;Ferguson;Florence;Firenze;
Frankfurt;Freetown;Fukushima;Gaborone;Galway;Gaza;Gaza City;Gdansk;Geneva;Genève;Ginebra;Ginevra;Genebra;Genf;Genoa;Genova;
Georgetown;Glasgow;Goma;Gothenburg;Göteborg;Grozny;Guadalajara;Guangzhou;Guantanamo;Guantanamo Bay;Guatemala;
Guatemala City;Guayaquil;Halifax;Hamburg;Hambourg;Hamilton;Hangzhou;Hanoi;Hannover;Harare;Harbin;Harrisburg;Hartford;Havana;
La Havane;La Habana;L'Avana;Havanna;Hebron;Helsinki;Helsingfors;Herat;Hiroshima;Ho Chi Minh City;Hobart;Hong Kong;Honiara;
Honolulu;Houston;Hyderabad;Idlib;Indianapolis;Innsbruck;Irbil;Irkutsk;Islamabad;Istanbul;İstanbul;Estambul;Izmir;İzmir;
Jackson;Jacksonville;Jaffna;Jakarta;Jeddah;Jenin;Jerusalem;Jérusalem;Jerusalén;Gerusalemme;Jerusalém;Johannesburg;Juba;Kabul;
Kaboul;Kaduna;Kampala;Kananaskis;Kandahar;Kano;Kansas City;Karachi;Karlsruhe;Kashgar;Kathmandu;Kazan;Kenosha;Kerman;Khan Younis;
Khan Yunis;Kharkiv;Kharkov;Khartoum;Kherson;Kiel;Kiev;Kyiv;Kigali;Kingston;Kinshasa;Kirkuk;Kisumu;Kobe;Krakow;Kraków;
Kramatorsk;Kuala Lumpur;Kunduz;Kunming;Kuwait City;Kyoto;La Paz;Lagos;Lahore;Las Vegas;Lausanne;Leeds;Leipzig;Lhasa;Libreville;
Lille;Lilongwe;Lima;Lisbon;Lisbonne;Lisboa;Lissabon;Lisbona;Little Rock;Liverpool;Ljubljana;Lomé;Lome;London;Londres;Londra;Los Angeles;
Louisville;Luanda;Lucknow;Lusaka;Luxembourg;Luxemburg;Lviv;Lyon;Macau;Madison;Madrid;Maiduguri;Malabo;Malé;Managua;Manama;
Manaus;Manchester;Manila;Maputo;Maracaibo;Marrakesh;Marrakech;Mariupol;Marseille;Marsella;Maseru;Mashhad;Mazar-i-Sharif;Mecca;
Medellín;Melbourne;Memphis;Mexico City;Mexico;México;Ciudad de México;Miami;Milan;Milano;Milán;Milwaukee;Minneapolis;Minsk;
Mogadishu;Mombasa;Monaco;Monrovia;Monterrey;Montevideo;Montgomery;Montreal;Montréal;Moroni;Moscow;Moscou;Moscú;Mosca;Moskau;
Moskva;Moskova;Mosul;Mossoul;Mumbai;Munich;Múnich;München;Monaco di Baviera;Muscat;N'Djamena;Nablus;Nagasaki;Nagoya;Nairobi;Nanjing;
Nantes;Naples;Napoli;Nápoles;Nashville;Nassau;Naypyidaw;Naypyitaw;New Delhi;New Haven;New Orleans;New York;Nueva York;Nova York;
Niamey;Nice;Nicosia;Nouakchott;Nouméa;Novosibirsk;Nuremberg;Nürnberg;Oakland;Odesa;Odessa;Oklahoma City;Olympia;Omaha;Orlando;
Osaka;Oslo;Ottawa;Ouagadougou;Oxford;Palermo;Panama City;Panamá;Panmunjom;Paramaribo;Paris;París;Parigi;Pearl Harbor;Perth;
Peshawar;Philadelphia;Phnom Penh;Phoenix;Phuket;Pittsburgh;Podgorica;Port Louis;Port Moresby;Port of Spain;Port Said;Port Sudan;
Port-au-Prince;Portland;Porto;Oporto;Porto Alegre;Potsdam;Prague;Praga;Praha;Prag;Praia;Pretoria;Pristina;Providence;Puebla;Pune;
Pyongyang;Pyeongchang;Quebec;Québec;Quebec City;Quetta;Quito;Rabat;Rafah;Raleigh;Ramallah;Rangoon;Rawalpindi;Recife;Reykjavik;
Reykjavík;Richmond;Riga;Rio de Janeiro;Riyadh;Riad;Rome;Roma;Rom;Rosario;Rostov;Rostov-on-Don;Rotterdam;Sacramento;Saigon;Salamanca;
Salem;Salt Lake City;Salvador;Salzburg;San Antonio;San Diego;San Francisco;San José;San Jose;San Juan;San Salvador;Sanaa;Sana'a;Santa Fe;
Santiago;Santo Domingo;São Paulo;Sao Paulo;Sapporo;Sarajevo;Saigón;Seattle;Selma;Seoul;Séoul;Seúl;Seul;Sendai;Sevastopol;Seville;Sevilla;
Shanghai;Shanghái;Sharm el-Sheikh;Shenzhen;Simferopol;Singapore;Singapour;Singapur;Skopje;Smolensk;Sochi;Sofia;Soweto;Srebrenica;
Srinagar;St. Louis;St. Paul;St. Petersburg;St Petersburg;Leningrad;Stalingrad;Stockholm;Strasbourg;Estrasburgo;Straßburg;Stuttgart;
Suez;Surabaya;Suva;Sydney;Tabriz;Taipei;Tallahassee;Tallinn;Tampa;Tangier;Tanger;Tashkent;Tbilisi;Tegucigalpa;Tehran;Téhéran;
Teherán;Teheran;Tel Aviv;Thessaloniki;Thimphu;Tianjin;Tijuana;Timbuktu;Tirana;Tokyo;Tokio;Toronto;Toulouse;Trenton;Trieste;Tripoli;
Trípoli;Tulsa;Tunis;Túnez;Tunisi;Turin;Torino;Uagadugú;Ulaanbaatar;United Nations;Nations Unies;Naciones Unidas;Urumqi;Utrecht;
Valencia;Valletta;Valparaíso;Vancouver;Vatican City;Vatican;Venice;Venezia;Victoria;Vienna;Vienne;Viena;Wien;Vientiane;Vilnius;Vladivostok;
Volgograd;Warsaw;Varsovie;Varsovia;Varsavia;Varsóvia;Warschau;Warszawa;Washington;Wellington;Windhoek;Winnipeg;Wuhan;Xi'an;Xinjiang;
Yalta;Yangon;Yaoundé;Yekaterinburg;Yerevan;Yokohama;York;Zagreb;Zanzibar;Zaporizhzhia;Zürich;Zurich;Zhitomir;Ürümqi;
Hiroşima;Atina;Bakü;Brüksel;Kahire;Kudüs;Moskova;Pekin;Roma;Şam;Tahran;Tiflis;Viyana;Bağdat;Cenevre;Selanik;Lefkoşa;
Angora;Aswan;Assouan;Batavia;Breslau;Canton;Chemnitz;Christiania;Chungking;Constantinople;Konstantinopel;Constantinopla;Danzig;Darjeeling;
Elisabethville;Fiume;Giza;Hankow;Ismailia;Ismaïlia;Königsberg;Karnak;Lemberg;Leopoldville;Léopoldville;Lourenço Marques;Louxor;Luxor;
Madras;Mukden;Nanking;Peiping;Petersburg;Petrograd;Pétrograd;Port Arthur;Port-Saïd;Port-Said;Port Saïd;Pressburg;Ragusa;Reval;Saint-Pétersbourg;
Salisbury;Salonica;Salonika;Simla;Smyrna;Smyrne;Stanleyville;Tiflis;Tientsin;Tsingtao;Weimar;Yokosuka;
Aberfan;Bhopal;Chornobyl;Pripyat;Lakehurst;Cherbourg;Gander;Gibraltar;Halabja;Katyn;Nagorno-Karabakh;Stepanakert;Mekelle;Goris;
"""

_OTHERS = """
Москва;Санкт-Петербург;Петроград;Петербург;Царьград;Киев;Київ;Минск;Мінск;Астана;Алма-Ата;Алматы;Бишкек;Ташкент;Душанбе;Ашхабад;Баку;Ереван;Тбилиси;
Вашингтон;Нью-Йорк;Лондон;Париж;Берлин;Брюссель;Пекин;Токио;Женева;Анкара;Стамбул;Варшава;Вена;Прага;Рим;Мадрид;Дамаск;
Тегеран;Багдад;Иерусалим;Каир;Дели;Нью-Дели;Сеул;Пхеньян;Екатеринбург;Новосибирск;Казань;Ростов-на-Дону;Владивосток;Сочи;
Симферополь;Севастополь;Донецк;Луганск;Харьков;Харків;Одесса;Одеса;Львів;Кишинев;Рига;Вильнюс;Таллин;Хельсинки;Белград;Београд;София;Ленинград;
القاهرة;بيروت;دمشق;بغداد;عمان;عمّان;الرياض;جدة;دبي;أبوظبي;أبو ظبي;الدوحة;الكويت;المنامة;مسقط;صنعاء;عدن;القدس;القدس المحتلة;غزة;رام الله;
الخرطوم;طرابلس;بنغازي;تونس;الجزائر;الرباط;الدار البيضاء;نواكشوط;طهران;أنقرة;إسطنبول;اسطنبول;واشنطن;نيويورك;لندن;باريس;برلين;بروكسل;
جنيف;موسكو;بكين;طوكيو;نيودلهي;إسلام آباد;كابول;كييف;روما;مدريد;فيينا;أثينا;الموصل;البصرة;أربيل;حلب;الإسكندرية;بورسعيد;بور سعيد;السويس;الإسماعيلية;الأقصر;أسوان;الجيزة;
الأستانة;إزمير;يافا;حيفا;نابلس;الخليل;صيدا;طرابلس الغرب;حمص;حماة;اللاذقية;مكة;مكة المكرمة;المدينة المنورة;النجف;كربلاء;الأمم المتحدة;مقديشو;نيروبي;
"""


def _read(text: str) -> frozenset[str]:
    return frozenset(
        name.strip().casefold() for name in text.replace("\n", "").split(";") if name.strip()
    )


CITIES: frozenset[str] = _read(_LATIN) | _read(_OTHERS)
"""Case-folded names."""

# In capitals before a colon or dash, and no places, though some look so.
NO_PLACES: frozenset[str] = word_set("""
    breaking update updated question answer nato eu un usa who watch read correction corrections clarification
    exclusive analysis opinion explainer live video photos photo gallery listen note editor editors warning
    q a qa fact myth verdict claim rating pros cons summary background context what why how when where
    here now today tip tips alert poll profile review interview obituary obituaries sport sports business
    politics world news comment commentary editorial letter letters factbox timeline key highlights
    developing just in urgent bulletin advisory eds recap related more see also covid covid-19 aids hiv
    source sources author date by from to subject re fw fwd section length byline headline title body
    abstract keywords p.s ps nb faq dna fbi cia kgb who imf ecb opec unesco unicef brics asean g7 g20 uk us
    mr mrs dr he she they we i you it and but so yes no ok
    """)
