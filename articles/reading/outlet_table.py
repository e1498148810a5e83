"""Well-known outlets of the world, as facts.

One line each: canonical name | country (ISO 3166 alpha-2) | domains, parted by spaces | aliases,
parted by ";". The canonical name is what the outlet prints on its masthead, in Latin script where
readers abroad know it so.
"""
# ruff: noqa: E501 - a table of facts, easier to keep in long lines

from typing import NamedTuple


class Outlet(NamedTuple):
    """One outlet: its canonical name, its country, its domains (main one first), other names."""

    name: str
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...] = ()


_LINES = """
The Guardian|GB|theguardian.com guardian.co.uk theguardian.co.uk|Guardian;The Guardian (London);Guardian Unlimited;guardian.com;The Manchester Guardian
The Observer|GB|observer.co.uk|Observer (UK)
The Times|GB|thetimes.co.uk thetimes.com timesonline.co.uk|The Times of London;The Times (London);Times (London)
The Sunday Times|GB|thesundaytimes.co.uk|Sunday Times (London)
The Daily Telegraph|GB|telegraph.co.uk|The Telegraph;Daily Telegraph;Telegraph.co.uk;The Sunday Telegraph
The Independent|GB|independent.co.uk the-independent.com|Independent;The Independent (UK);i-Independent
i|GB|inews.co.uk|i newspaper;The i Paper;i - Independent Print Ltd;inews
Financial Times|GB|ft.com|The Financial Times;FT;FT.com
The Economist|GB|economist.com|Economist
Daily Mail|GB|dailymail.co.uk dailymail.com mailonline.co.uk thisismoney.co.uk|MailOnline;Mail Online;The Daily Mail;The Mail on Sunday;Mail on Sunday
The Sun|GB|thesun.co.uk the-sun.com thesun.ie|The Sun (UK);The Sun (England)
Daily Mirror|GB|mirror.co.uk|The Mirror;The Daily Mirror;Mirror.co.uk;The Sunday Mirror
Daily Express|GB|express.co.uk|The Express;The Daily Express;Express Online
Evening Standard|GB|standard.co.uk|The Evening Standard;London Evening Standard;The Standard (London)
Metro|GB|metro.co.uk|Metro (UK);Metro.co.uk
Daily Star|GB|dailystar.co.uk|Daily Star (UK)
City A.M.|GB|cityam.com|City AM
New Statesman|GB|newstatesman.com|
The Spectator|GB|spectator.co.uk|Spectator (UK)
Private Eye|GB|private-eye.co.uk|
BBC News|GB|bbc.co.uk bbc.com|BBC;BBC Online;BBC News Online;BBC World;British Broadcasting Corporation
Sky News|GB|news.sky.com sky.com|
ITV News|GB|itv.com itn.co.uk|ITV
Channel 4 News|GB|channel4.com|Channel 4
The Scotsman|GB|scotsman.com|
The Herald|GB|heraldscotland.com|The Herald (Glasgow);Herald Scotland
Daily Record|GB|dailyrecord.co.uk|
The Press and Journal|GB|pressandjournal.co.uk|
Wales Online|GB|walesonline.co.uk|WalesOnline;Western Mail
Belfast Telegraph|GB|belfasttelegraph.co.uk|
The Irish News|GB|irishnews.com|
Manchester Evening News|GB|manchestereveningnews.co.uk|
Yorkshire Post|GB|yorkshirepost.co.uk|The Yorkshire Post
Liverpool Echo|GB|liverpoolecho.co.uk|
The Conversation|AU|theconversation.com|
openDemocracy|GB|opendemocracy.net|
Middle East Eye|GB|middleeasteye.net|
The Irish Times|IE|irishtimes.com|Irish Times
Irish Independent|IE|independent.ie|The Irish Independent
Irish Examiner|IE|irishexaminer.com|
RTÉ News|IE|rte.ie|RTE;RTÉ;RTE News
TheJournal.ie|IE|thejournal.ie|The Journal (Ireland)
The New York Times|US|nytimes.com nyt.com|New York Times;NYT;NYTimes.com;NY Times;The New York Times (Online);International New York Times
International Herald Tribune|FR|iht.com|The International Herald Tribune
The Washington Post|US|washingtonpost.com|Washington Post;Washington Post.com;WP;WashPost
The Wall Street Journal|US|wsj.com|Wall Street Journal;WSJ;The Wall Street Journal Online
Los Angeles Times|US|latimes.com|LA Times;The Los Angeles Times;L.A. Times
USA Today|US|usatoday.com|USA TODAY Online
Chicago Tribune|US|chicagotribune.com|The Chicago Tribune
Chicago Sun-Times|US|suntimes.com|
The Boston Globe|US|bostonglobe.com boston.com|Boston Globe
Boston Herald|US|bostonherald.com|The Boston Herald
San Francisco Chronicle|US|sfchronicle.com sfgate.com|SFGate;The San Francisco Chronicle
The Mercury News|US|mercurynews.com|San Jose Mercury News
The Sacramento Bee|US|sacbee.com|Sacramento Bee
The San Diego Union-Tribune|US|sandiegouniontribune.com|San Diego Union-Tribune
The Philadelphia Inquirer|US|inquirer.com philly.com|Philadelphia Inquirer
Pittsburgh Post-Gazette|US|post-gazette.com|
The Dallas Morning News|US|dallasnews.com|Dallas Morning News
Houston Chronicle|US|houstonchronicle.com chron.com|The Houston Chronicle
Austin American-Statesman|US|statesman.com|
The Denver Post|US|denverpost.com|Denver Post
The Seattle Times|US|seattletimes.com|Seattle Times
The Oregonian|US|oregonlive.com|OregonLive
The Arizona Republic|US|azcentral.com|Arizona Republic
Star Tribune|US|startribune.com|Minneapolis Star Tribune;The Minnesota Star Tribune
St. Louis Post-Dispatch|US|stltoday.com|St Louis Post-Dispatch
The Kansas City Star|US|kansascity.com|Kansas City Star
The Atlanta Journal-Constitution|US|ajc.com|Atlanta Journal-Constitution
Miami Herald|US|miamiherald.com|The Miami Herald
Tampa Bay Times|US|tampabay.com|St. Petersburg Times (Florida)
Orlando Sentinel|US|orlandosentinel.com|
The Charlotte Observer|US|charlotteobserver.com|Charlotte Observer
The Baltimore Sun|US|baltimoresun.com|Baltimore Sun
The Plain Dealer|US|cleveland.com|Cleveland.com;Plain Dealer
Detroit Free Press|US|freep.com|
The Detroit News|US|detroitnews.com|Detroit News
Milwaukee Journal Sentinel|US|jsonline.com|
The Salt Lake Tribune|US|sltrib.com|Salt Lake Tribune
Deseret News|US|deseret.com deseretnews.com|
Las Vegas Review-Journal|US|reviewjournal.com|
Honolulu Star-Advertiser|US|staradvertiser.com|
Anchorage Daily News|US|adn.com|
Newsday|US|newsday.com|
New York Post|US|nypost.com|The New York Post;NY Post
New York Daily News|US|nydailynews.com|Daily News (New York);NY Daily News
The Star-Ledger|US|nj.com|NJ.com;Star-Ledger
The Christian Science Monitor|US|csmonitor.com|Christian Science Monitor;CSMonitor
The Washington Times|US|washingtontimes.com|Washington Times
Washington Examiner|US|washingtonexaminer.com|The Washington Examiner
The Washington Free Beacon|US|freebeacon.com|Washington Free Beacon
The Hill|US|thehill.com|
Politico|US|politico.com|POLITICO
Politico Europe|BE|politico.eu|POLITICO Europe;POLITICO.eu
Axios|US|axios.com|
ProPublica|US|propublica.org|
The Intercept|US|theintercept.com|
The Atlantic|US|theatlantic.com|Atlantic Monthly
The New Yorker|US|newyorker.com|New Yorker
New York Magazine|US|nymag.com|
Time|US|time.com|TIME;TIME Magazine;Time Magazine
Newsweek|US|newsweek.com|
Forbes|US|forbes.com|Forbes.com
Fortune|US|fortune.com|
Business Insider|US|businessinsider.com insider.com|Insider
Bloomberg|US|bloomberg.com|Bloomberg.com;Bloomberg Online
CNBC|US|cnbc.com|
MarketWatch|US|marketwatch.com|
Barron's|US|barrons.com|Barrons
Quartz|US|qz.com|
Vox|US|vox.com|
Slate|US|slate.com|Slate Magazine
Salon|US|salon.com|Salon.com
HuffPost|US|huffpost.com huffingtonpost.com huffingtonpost.co.uk|The Huffington Post;Huffington Post
BuzzFeed News|US|buzzfeednews.com buzzfeed.com|BuzzFeed
The Daily Beast|US|thedailybeast.com|Daily Beast
Mother Jones|US|motherjones.com|
The Nation|US|thenation.com|The Nation (US)
The New Republic|US|newrepublic.com|
National Review|US|nationalreview.com|
Foreign Policy|US|foreignpolicy.com|
Foreign Affairs|US|foreignaffairs.com|
Rolling Stone|US|rollingstone.com|
Wired|US|wired.com|WIRED
Wired UK|GB|wired.co.uk|
The Verge|US|theverge.com|
Ars Technica|US|arstechnica.com|
TechCrunch|US|techcrunch.com|
Gizmodo|US|gizmodo.com|
Vice|US|vice.com|VICE News;Vice News
CNN|US|cnn.com edition.cnn.com|CNN.com;CNN International;Cable News Network
Fox News|US|foxnews.com|Fox News Channel;FOX News
NBC News|US|nbcnews.com|NBC
MSNBC|US|msnbc.com|
ABC News|US|abcnews.go.com abcnews.com|ABC News (US)
CBS News|US|cbsnews.com|CBS
NPR|US|npr.org|National Public Radio
PBS NewsHour|US|pbs.org|PBS
Voice of America|US|voanews.com voaafrica.com|VOA;VOA News
Radio Free Europe/Radio Liberty|CZ|rferl.org svoboda.org azattyq.org|RFE/RL;RFERL;Radio Liberty
Radio Free Asia|US|rfa.org|RFA
Stars and Stripes|US|stripes.com|
Breitbart|US|breitbart.com|Breitbart News
The Gateway Pundit|US|thegatewaypundit.com|Gateway Pundit
Scientific American|US|scientificamerican.com|
National Geographic|US|nationalgeographic.com|
The Jerusalem Post|IL|jpost.com|Jerusalem Post;JPost
Haaretz|IL|haaretz.com haaretz.co.il|Ha'aretz
The Times of Israel|IL|timesofisrael.com|Times of Israel
Ynetnews|IL|ynetnews.com ynet.co.il|Ynet;Yedioth Ahronoth
The Globe and Mail|CA|theglobeandmail.com|Globe and Mail;The Globe and Mail (Canada)
Toronto Star|CA|thestar.com|The Toronto Star
National Post|CA|nationalpost.com|
Toronto Sun|CA|torontosun.com|
Ottawa Citizen|CA|ottawacitizen.com|
Montreal Gazette|CA|montrealgazette.com|The Gazette (Montreal)
Vancouver Sun|CA|vancouversun.com|
Calgary Herald|CA|calgaryherald.com|
Winnipeg Free Press|CA|winnipegfreepress.com|
CBC News|CA|cbc.ca|CBC;Canadian Broadcasting Corporation
CTV News|CA|ctvnews.ca|CTV
Global News|CA|globalnews.ca|
La Presse|CA|lapresse.ca|La Presse (Montréal)
Le Devoir|CA|ledevoir.com|
Radio-Canada|CA|radio-canada.ca|
Maclean's|CA|macleans.ca|Macleans
The Sydney Morning Herald|AU|smh.com.au|Sydney Morning Herald;SMH;Sydney Morning Herald (Australia)
The Age|AU|theage.com.au|The Age (Melbourne)
The Australian|AU|theaustralian.com.au|
Australian Financial Review|AU|afr.com|The Australian Financial Review
The Daily Telegraph (Sydney)|AU|dailytelegraph.com.au|Daily Telegraph (Sydney)
Herald Sun|AU|heraldsun.com.au|
news.com.au|AU|news.com.au|
ABC News (Australia)|AU|abc.net.au|Australian Broadcasting Corporation;ABC Australia
SBS News|AU|sbs.com.au|SBS
The Canberra Times|AU|canberratimes.com.au|Canberra Times
The New Zealand Herald|NZ|nzherald.co.nz|New Zealand Herald;NZ Herald
Stuff|NZ|stuff.co.nz|Stuff.co.nz
RNZ|NZ|rnz.co.nz radionz.co.nz|Radio New Zealand
The Times of India|IN|timesofindia.indiatimes.com timesofindia.com indiatimes.com|Times of India;TOI
The Hindu|IN|thehindu.com|
Hindustan Times|IN|hindustantimes.com|
The Indian Express|IN|indianexpress.com|Indian Express
The Economic Times|IN|economictimes.indiatimes.com economictimes.com|Economic Times
The Telegraph (India)|IN|telegraphindia.com|The Telegraph (Calcutta);The Telegraph (Kolkata)
Deccan Herald|IN|deccanherald.com|
NDTV|IN|ndtv.com|NDTV.com
India Today|IN|indiatoday.in|
The Wire|IN|thewire.in|
Scroll.in|IN|scroll.in|
Mint|IN|livemint.com|LiveMint
Business Standard|IN|business-standard.com|
Firstpost|IN|firstpost.com|
Dawn|PK|dawn.com|Dawn (Pakistan)
The Express Tribune|PK|tribune.com.pk|Express Tribune
The News International|PK|thenews.com.pk|
The Daily Star (Bangladesh)|BD|thedailystar.net|The Daily Star (Dhaka)
Dhaka Tribune|BD|dhakatribune.com|
The Kathmandu Post|NP|kathmandupost.com|Kathmandu Post
South China Morning Post|HK|scmp.com|SCMP;The South China Morning Post
Hong Kong Free Press|HK|hongkongfp.com|HKFP
The Standard (Hong Kong)|HK|thestandard.com.hk|
Apple Daily|HK|appledaily.com|
China Daily|CN|chinadaily.com.cn|
Global Times|CN|globaltimes.cn|
People's Daily|CN|people.com.cn people.cn en.people.cn|Renmin Ribao;人民日报;人民网
CGTN|CN|cgtn.com|China Global Television Network
Caixin|CN|caixin.com caixinglobal.com|Caixin Global;财新
The Paper|CN|thepaper.cn|澎湃新闻
Taipei Times|TW|taipeitimes.com|
The Japan Times|JP|japantimes.co.jp|Japan Times
The Asahi Shimbun|JP|asahi.com|Asahi Shimbun;朝日新聞
The Yomiuri Shimbun|JP|yomiuri.co.jp the-japan-news.com|Yomiuri Shimbun;読売新聞;The Japan News
The Mainichi|JP|mainichi.jp|Mainichi Shimbun;毎日新聞;The Mainichi Shimbun
Nikkei|JP|nikkei.com|Nihon Keizai Shimbun;日本経済新聞;The Nikkei
Nikkei Asia|JP|asia.nikkei.com|Nikkei Asian Review
NHK|JP|nhk.or.jp|NHK World
The Korea Herald|KR|koreaherald.com|Korea Herald
The Korea Times|KR|koreatimes.co.kr|Korea Times
The Chosun Ilbo|KR|chosun.com|Chosun Ilbo;조선일보
JoongAng Ilbo|KR|joongang.co.kr koreajoongangdaily.joins.com|Korea JoongAng Daily;중앙일보
The Hankyoreh|KR|hani.co.kr|Hankyoreh;한겨레
The Straits Times|SG|straitstimes.com|Straits Times
CNA (Singapore)|SG|channelnewsasia.com|Channel NewsAsia;Channel News Asia
The Star (Malaysia)|MY|thestar.com.my|
New Straits Times|MY|nst.com.my|
Malaysiakini|MY|malaysiakini.com|
The Jakarta Post|ID|thejakartapost.com|Jakarta Post
Kompas|ID|kompas.com|Kompas.com
Tempo|ID|tempo.co|Tempo.co
Bangkok Post|TH|bangkokpost.com|The Bangkok Post
The Nation (Thailand)|TH|nationthailand.com|
Philippine Daily Inquirer|PH|inquirer.net|Inquirer.net
The Philippine Star|PH|philstar.com|Philippine Star
Rappler|PH|rappler.com|
VnExpress|VN|vnexpress.net|
The Irrawaddy|MM|irrawaddy.com|
The Diplomat|US|thediplomat.com|
Asia Times|HK|asiatimes.com|
Arab News|SA|arabnews.com|
Asharq Al-Awsat|GB|aawsat.com|الشرق الأوسط;Al-Sharq al-Awsat
Al Jazeera|QA|aljazeera.com aljazeera.net|Al-Jazeera;Aljazeera;Al Jazeera English;الجزيرة;الجزيرة نت
Al Arabiya|AE|alarabiya.net|Al-Arabiya;العربية;العربية نت
The National|AE|thenationalnews.com thenational.ae|The National (Abu Dhabi)
Gulf News|AE|gulfnews.com|
Khaleej Times|AE|khaleejtimes.com|
Al-Ahram|EG|ahram.org.eg english.ahram.org.eg|الأهرام;Ahram Online
Al-Masry Al-Youm|EG|almasryalyoum.com egyptindependent.com|المصري اليوم;Egypt Independent
Mada Masr|EG|madamasr.com|مدى مصر
Al-Quds Al-Arabi|GB|alquds.co.uk|القدس العربي
Al-Hayat|GB|alhayat.com|الحياة
An-Nahar|LB|annahar.com|النهار
L'Orient-Le Jour|LB|lorientlejour.com|L'Orient Today
The Daily Star (Lebanon)|LB|dailystar.com.lb|
Jordan Times|JO|jordantimes.com|The Jordan Times
Tehran Times|IR|tehrantimes.com|
Press TV|IR|presstv.ir presstv.com|
Hürriyet|TR|hurriyet.com.tr|Hurriyet
Hürriyet Daily News|TR|hurriyetdailynews.com|Hurriyet Daily News
Daily Sabah|TR|dailysabah.com|
Sabah|TR|sabah.com.tr|
Cumhuriyet|TR|cumhuriyet.com.tr|
Milliyet|TR|milliyet.com.tr|
Le Monde|FR|lemonde.fr|LeMonde.fr;Le Monde.fr
Le Figaro|FR|lefigaro.fr|
Libération|FR|liberation.fr|Liberation
Le Parisien|FR|leparisien.fr|Aujourd'hui en France
Les Échos|FR|lesechos.fr|Les Echos
L'Humanité|FR|humanite.fr|L'Humanite
La Croix|FR|la-croix.com|
Ouest-France|FR|ouest-france.fr|
Sud Ouest|FR|sudouest.fr|
La Dépêche du Midi|FR|ladepeche.fr|
Le Point|FR|lepoint.fr|
L'Express|FR|lexpress.fr|
L'Obs|FR|nouvelobs.com|Le Nouvel Observateur;Le Nouvel Obs
Mediapart|FR|mediapart.fr|
Le Monde diplomatique|FR|monde-diplomatique.fr|
Courrier international|FR|courrierinternational.com|
France 24|FR|france24.com|France24
RFI|FR|rfi.fr|Radio France Internationale
Franceinfo|FR|francetvinfo.fr franceinfo.fr|France Info
BFM TV|FR|bfmtv.com|BFMTV
Euronews|FR|euronews.com|
Le Soir|BE|lesoir.be|
La Libre Belgique|BE|lalibre.be|La Libre
De Standaard|BE|standaard.be|
De Morgen|BE|demorgen.be|
VRT NWS|BE|vrt.be|VRT
The Brussels Times|BE|brusselstimes.com|
EUobserver|BE|euobserver.com|
Le Temps|CH|letemps.ch|
Neue Zürcher Zeitung|CH|nzz.ch|NZZ
Tages-Anzeiger|CH|tagesanzeiger.ch|
Blick|CH|blick.ch|
Swissinfo|CH|swissinfo.ch|SWI swissinfo.ch
Frankfurter Allgemeine Zeitung|DE|faz.net|FAZ;F.A.Z.;Frankfurter Allgemeine
Süddeutsche Zeitung|DE|sueddeutsche.de sz.de|SZ;Sueddeutsche Zeitung
Die Zeit|DE|zeit.de|ZEIT ONLINE;Zeit Online
Der Spiegel|DE|spiegel.de|Spiegel Online;SPIEGEL;SPIEGEL ONLINE
Die Welt|DE|welt.de|WELT;Welt am Sonntag
Bild|DE|bild.de|BILD;Bild-Zeitung
die tageszeitung|DE|taz.de|taz
Der Tagesspiegel|DE|tagesspiegel.de|Tagesspiegel
Frankfurter Rundschau|DE|fr.de fr-online.de|
Berliner Zeitung|DE|berliner-zeitung.de|
Handelsblatt|DE|handelsblatt.com|
Focus|DE|focus.de|FOCUS Online
Stern|DE|stern.de|
n-tv|DE|n-tv.de ntv.de|ntv
Tagesschau|DE|tagesschau.de|ARD
ZDF|DE|zdf.de zdfheute.de|ZDFheute
Deutsche Welle|DE|dw.com|DW
Deutschlandfunk|DE|deutschlandfunk.de|
Rheinische Post|DE|rp-online.de|
Stuttgarter Zeitung|DE|stuttgarter-zeitung.de|
Der Standard|AT|derstandard.at|DER STANDARD
Die Presse|AT|diepresse.com|
Kurier|AT|kurier.at|
ORF|AT|orf.at|
Corriere della Sera|IT|corriere.it|
la Repubblica|IT|repubblica.it|Repubblica
La Stampa|IT|lastampa.it|
Il Sole 24 Ore|IT|ilsole24ore.com|
Il Fatto Quotidiano|IT|ilfattoquotidiano.it|
il Giornale|IT|ilgiornale.it|
Il Messaggero|IT|ilmessaggero.it|
Avvenire|IT|avvenire.it|
El País|ES|elpais.com|El Pais
El Mundo|ES|elmundo.es|
ABC|ES|abc.es|ABC (España)
La Vanguardia|ES|lavanguardia.com|
El Periódico|ES|elperiodico.com|El Periódico de Catalunya
elDiario.es|ES|eldiario.es|
El Confidencial|ES|elconfidencial.com|
RTVE|ES|rtve.es|
Público|PT|publico.pt|
Expresso|PT|expresso.pt|
Diário de Notícias|PT|dn.pt|
Folha de S.Paulo|BR|folha.uol.com.br folha.com.br|Folha de São Paulo;Folha de S. Paulo
O Estado de S. Paulo|BR|estadao.com.br|Estadão;O Estado de São Paulo
O Globo|BR|oglobo.globo.com globo.com|
G1|BR|g1.globo.com|
Clarín|AR|clarin.com|Clarin
La Nación|AR|lanacion.com.ar|La Nación (Argentina)
Página/12|AR|pagina12.com.ar|Pagina 12;Página 12
El Mercurio|CL|emol.com elmercurio.com|Emol
El Comercio|PE|elcomercio.pe|
El Tiempo|CO|eltiempo.com|
El Espectador|CO|elespectador.com|
El Universal|MX|eluniversal.com.mx|
Reforma|MX|reforma.com|
La Jornada|MX|jornada.com.mx|
Excélsior|MX|excelsior.com.mx|Excelsior
Milenio|MX|milenio.com|
Granma|CU|granma.cu|
de Volkskrant|NL|volkskrant.nl|Volkskrant
NRC|NL|nrc.nl|NRC Handelsblad
De Telegraaf|NL|telegraaf.nl|
Trouw|NL|trouw.nl|
Algemeen Dagblad|NL|ad.nl|AD
NOS|NL|nos.nl|NOS Nieuws
Dagens Nyheter|SE|dn.se|DN
Svenska Dagbladet|SE|svd.se|SvD
Aftonbladet|SE|aftonbladet.se|
Expressen|SE|expressen.se|
SVT Nyheter|SE|svt.se|SVT
Aftenposten|NO|aftenposten.no|
VG|NO|vg.no|Verdens Gang
Dagbladet|NO|dagbladet.no|
NRK|NO|nrk.no|
Politiken|DK|politiken.dk|
Berlingske|DK|berlingske.dk b.dk|
Jyllands-Posten|DK|jyllands-posten.dk jp.dk|
DR|DK|dr.dk|
Helsingin Sanomat|FI|hs.fi|
Yle|FI|yle.fi|
Morgunblaðið|IS|mbl.is|
Gazeta Wyborcza|PL|wyborcza.pl gazeta.pl|
Rzeczpospolita|PL|rp.pl|
Polityka|PL|polityka.pl|
Mladá fronta DNES|CZ|idnes.cz|iDNES.cz
Lidové noviny|CZ|lidovky.cz|
Denník N|SK|dennikn.sk|
SME|SK|sme.sk|
Népszava|HU|nepszava.hu|
Index.hu|HU|index.hu|
Telex|HU|telex.hu|
Politika|RS|politika.rs|
Blic|RS|blic.rs|
Jutarnji list|HR|jutarnji.hr|
Delo|SI|delo.si|
Adevărul|RO|adevarul.ro|
Balkan Insight|RS|balkaninsight.com|BIRN
Kathimerini|GR|kathimerini.gr ekathimerini.com|Η Καθημερινή;eKathimerini
To Vima|GR|tovima.gr|Το Βήμα
Postimees|EE|postimees.ee|
Delfi|EE|delfi.ee delfi.lv delfi.lt|
ERR|EE|err.ee|ERR News
LSM|LV|lsm.lv eng.lsm.lv|
Meduza|LV|meduza.io|Медуза
Kommersant|RU|kommersant.ru|Коммерсантъ;Коммерсант
Izvestia|RU|iz.ru izvestia.ru|Известия
Vedomosti|RU|vedomosti.ru|Ведомости
Novaya Gazeta|RU|novayagazeta.ru novayagazeta.eu|Новая газета
Rossiyskaya Gazeta|RU|rg.ru|Российская газета
Komsomolskaya Pravda|RU|kp.ru|Комсомольская правда
RBC|RU|rbc.ru|РБК
Lenta.ru|RU|lenta.ru|Лента.ру
Gazeta.ru|RU|gazeta.ru|Газета.ru
RT|RU|rt.com|Russia Today
The Moscow Times|RU|themoscowtimes.com|Moscow Times
Pravda|RU|pravda.ru|Правда
Ukrainska Pravda|UA|pravda.com.ua|Українська правда
The Kyiv Independent|UA|kyivindependent.com|Kyiv Independent
Kyiv Post|UA|kyivpost.com|
Eurasianet|US|eurasianet.org|EurasiaNet
The Astana Times|KZ|astanatimes.com|Astana Times
Tengrinews|KZ|tengrinews.kz|
Vlast|KZ|vlast.kz|
24.kg|KG|24.kg|
Civil.ge|GE|civil.ge|Civil Georgia
Mail & Guardian|ZA|mg.co.za|Mail and Guardian
Daily Maverick|ZA|dailymaverick.co.za|
News24|ZA|news24.com|
Business Day|ZA|businesslive.co.za|BusinessLIVE;Business Day (South Africa)
Sowetan|ZA|sowetanlive.co.za|SowetanLIVE
IOL|ZA|iol.co.za|
Daily Nation|KE|nation.africa nation.co.ke|Nation (Kenya)
The Standard (Kenya)|KE|standardmedia.co.ke|
The EastAfrican|KE|theeastafrican.co.ke|
Daily Monitor|UG|monitor.co.ug|
New Vision|UG|newvision.co.ug|
The Punch|NG|punchng.com|Punch
Vanguard|NG|vanguardngr.com|Vanguard (Lagos)
Premium Times|NG|premiumtimesng.com|
The Guardian (Nigeria)|NG|guardian.ng|The Guardian Nigeria
ThisDay|NG|thisdaylive.com|This Day
Daily Graphic|GH|graphic.com.gh|
The Herald (Zimbabwe)|ZW|herald.co.zw|The Herald (Harare)
The Citizen (Tanzania)|TZ|thecitizen.co.tz|
The Namibian|NA|namibian.com.na|
Addis Standard|ET|addisstandard.com|
Sudan Tribune|FR|sudantribune.com|
Jeune Afrique|FR|jeuneafrique.com|
AllAfrica|ZA|allafrica.com|
Hespress|MA|hespress.com|هسبريس
El Watan|DZ|elwatan.com elwatan-dz.com|
Yahoo News|US|news.yahoo.com yahoo.com|Yahoo! News
MSN|US|msn.com|
The Daily Caller|US|dailycaller.com|Daily Caller
Al-Monitor|US|al-monitor.com|
The Forward|US|forward.com|
Science|US|science.org sciencemag.org|
Nature|GB|nature.com|
New Scientist|GB|newscientist.com|
The Lancet|GB|thelancet.com|
Associated Press|US|apnews.com ap.org|AP News;APNews
Reuters|GB|reuters.com reuters.co.uk|Reuters.com
Agence France-Presse|FR|afp.com|
Xinhua|CN|xinhuanet.com news.cn|Xinhuanet
TASS|RU|tass.com tass.ru|
RIA Novosti|RU|ria.ru|
Interfax|RU|interfax.ru interfax.com|
Sputnik|RU|sputniknews.com sputnikglobe.com|
EFE|ES|efe.com|
Europa Press|ES|europapress.es|
ANSA|IT|ansa.it|
dpa|DE|dpa.com dpa-international.com|
Kyodo News|JP|kyodonews.net|
Yonhap|KR|yna.co.kr yonhapnews.co.kr|
Anadolu|TR|aa.com.tr|
United Press International|US|upi.com|
Antara|ID|antaranews.com|
Bernama|MY|bernama.com|
Ukrinform|UA|ukrinform.net ukrinform.ua|
"""


def _read(line: str) -> Outlet:
    name, country, domains, aliases = line.split("|")
    other = tuple(alias for alias in aliases.split(";") if alias)
    return Outlet(name, country, tuple(domains.split()), other)


OUTLETS: tuple[Outlet, ...] = tuple(_read(line) for line in _LINES.strip().splitlines())
