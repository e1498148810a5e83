"""Lines around articles on news pages, in many languages: a table of patterns.

Each pattern is matched against a whole line, without case; see :mod:`articles.reading.junk`.
"""
# ruff: noqa: E501 - patterns are easier to compare in long lines

import re

from articles.reading.wordlist import word_set

# Each reason's lines, matched whole and without case; a final mark and an arrow may follow.
LINES: dict[str, str] = {
    "sharing": r"""
        share|share (?:this|on|via|with|to|by|article|story|post|it|page)\b.{0,50}|
        (?:click|tap) (?:here )?to (?:share|tweet|email|print)\b.{0,60}|tweet(?: this)?|retweet|pin it|
        (?:facebook|twitter|x|whatsapp|linkedin|telegram|pinterest|reddit|messenger|email|e-?mail|print|copy link|
        link copied|instagram|flipboard|tumblr|bluesky|threads|pocket|vkontakte|вконтакте|viber|line|sms)
        (?:(?:\s*[,|/·•]\s*|\s+)(?:facebook|twitter|x|whatsapp|linkedin|telegram|pinterest|reddit|messenger|
        e-?mail|print|copy link|instagram|flipboard|tumblr|bluesky|threads|pocket|share|sms)){0,12}|
        (?:email|print|save|bookmark) (?:this )?(?:article|story|page|to a friend)|email to a friend|
        follow (?:us|me|him|her|@?\w+) on (?:twitter|facebook|instagram|x|telegram|whatsapp|google news)\b.{0,60}|
        (?:partager|partagez)(?: (?:sur|cet article|l.article|ce contenu|via)\b.{0,40})?|
        envoyer par (?:e-?mail|courriel)|imprimer|copier le lien|
        compartir(?: (?:en|esta|este|por|noticia|vía)\b.{0,40})?|enviar por (?:correo|e-?mail)\b.{0,20}|imprimir|
        compartilh(?:ar|e)(?: .{0,40})?|partilhar(?: .{0,30})?|
        (?:artikel |beitrag |auf \w+ |per \w+ )?(?:teilen|weiterleiten|drucken|verschicken)(?: (?:auf|via|per)\b.{0,30})?|
        condividi(?: (?:su|questo|via|l.articolo)\b.{0,40})?|stampa|invia per email|
        delen(?: (?:op|via)\b.{0,30})?|deel (?:dit|via|op)\b.{0,40}|dela(?: (?:på|artikeln)\b.{0,30})?|del (?:på|artikel)\b.{0,30}|
        udostępnij(?: .{0,30})?|поделиться(?: .{0,40})?|поделитесь\b.{0,40}|поділитися(?: .{0,30})?|
        paylaş(?: .{0,30})?|شارك(?:ها|نا)?(?: (?:على|عبر|هذا|المقال|الخبر)\b.{0,40})?|مشاركة(?: .{0,30})?|
        分享(?:到|至)?.{0,20}|シェア(?:する)?|ツイート|공유(?:하기)?|bagikan(?: .{0,30})?
    """,
    "promotion": r"""
        related|(?:catch|find|follow|get) (?:up (?:on|with) )?all (?:the|our) (?:latest|breaking)? ?(?:news|stories|updates)\b.{0,90}|
        follow (?:all (?:of )?)?(?:our|(?:[\w’'.-]+\s){0,3}[\w.-]+[’']s?) (?:live |full |latest )?(?:coverage|reporting)\b.{0,90}|(?:your |enter your )?e-?mail address|
        (?:please )?(?:sign|signup|sign-up) up\b.{0,110}(?:newsletter|email|inbox|alert|briefing|daily|free|here|today|now).{0,40}|
        sign up|sign up (?:here|now|today|for free)|
        subscribe(?: (?:now|today|here|to|for|and)\b.{0,110})?|
        (?:get|receive|have) (?:the|our|your|all|breaking|more|daily)\b.{0,90}\b(?:newsletter|inbox|in your email|straight to your phone|app)\b.{0,40}|
        (?:download|get) (?:the|our) .{0,40}\bapp\b.{0,50}|
        (?:read|see|watch|listen) (?:also|more|next|the full (?:story|article)|it here)(?:\s*[:>».].{0,140})?|
        (?:read|see) more (?:on|about|from|stories|at)\b.{0,90}|also read\b.{0,140}|more (?:on|from|about) (?:this|the|our)\b.{0,60}|
        (?:related|read|more|also)(?: (?:stories|story|articles?|coverage|content|news|topics?|links?|posts?|reading))?\s*:(?:\s.{0,140})?|
        (?:related|more|other|top|latest|recommended|trending|most read|popular|featured) (?:stories|articles|coverage|content|news|topics|links|posts|reading|videos)\b.{0,30}|
        most (?:read|popular|viewed|shared|commented|recent)\b.{0,30}|editors?['’]?s? (?:picks?|choice)|recommended(?: for you| by .{0,30})?|
        you (?:may|might) (?:also )?(?:like|be interested in|enjoy).{0,30}|what to read next|up next|don['’]t miss.{0,60}|
        our (?:free )?(?:daily |weekly |morning )?newsletter.{0,60}|newsletters?|follow us\b.{0,60}|join (?:us|our)\b.{0,90}|
        support (?:our|independent|quality)\b.{0,90}|(?:become a|already a) (?:member|subscriber)\b.{0,60}|donate(?: now| today)?|
        (?:lire|voir|écouter|à lire|a lire|à voir)(?: aussi| également| la suite| plus)?\s*[:>»|].{0,140}|lire (?:aussi|la suite|plus)\b.{0,90}|
        (?:à|a) lire (?:aussi|également)\b.{0,140}|sur le même sujet.{0,40}|articles? (?:liés|associés|similaires|les plus lus)\b.{0,20}|les plus lus|
        (?:abonnez-vous|inscrivez-vous|s.abonner|je m.abonne|s.inscrire)\b.{0,110}|recevez\b.{0,90}newsletter.{0,30}|
        (?:lea|lee|leer|ver|vea|mira|escucha) (?:también|tambien|además|más|mas)\b.{0,140}|te puede interesar\b.{0,100}|puede interesarle\b.{0,80}|
        noticias relacionadas|más (?:noticias|leídas|leídos|información)(?: .{0,30})?|lo más (?:leído|visto)|
        (?:suscríbete|suscribete|suscríbase|regístrate|apúntate)\b.{0,110}|recibe\b.{0,90}|
        (?:leia|veja|saiba|ouça) (?:também|tambem|mais)\b.{0,140}|mais lidas|notícias relacionadas|(?:assine|inscreva-se|cadastre-se)\b.{0,90}|
        (?:lesen sie|siehe|mehr)(?: auch| dazu| hierzu| zum thema)\b.{0,140}|lesen sie (?:auch|hier|mehr)\b.{0,140}|mehr (?:zum thema|artikel|lesen)\b.{0,40}|
        das könnte (?:sie|dich) (?:auch )?interessieren.{0,20}|(?:jetzt|hier) (?:abonnieren|anmelden|registrieren)\b.{0,60}|abonnieren sie\b.{0,90}|meistgelesen.{0,20}|
        leggi (?:anche|tutto|di più)\b.{0,140}|(?:potrebbe|ti potrebbe) interessart?[ie].{0,30}|(?:iscriviti|abbonati)\b.{0,90}|i più letti|
        lees (?:ook|meer|verder)\b.{0,140}|läs (?:mer|också|även)\b.{0,140}|les (?:også|mer)\b.{0,140}|læs (?:også|mere)\b.{0,140}|lue (?:myös|lisää)\b.{0,140}|
        czytaj (?:też|także|również|więcej|dalej)\b.{0,140}|zobacz (?:też|także|również)\b.{0,140}|
        (?:читайте|смотрите|подробнее)(?: (?:также|ещё|еще|по теме))?\s*[:.]?.{0,100}|подпис(?:ывайтесь|аться|ка)\b.{0,100}|
        (?:читайте також|підписуйтесь)\b.{0,100}|
        (?:ayrıca|bunu da|devamını) oku(?:yun)?\b.{0,100}|ilgili haberler|abone ol\b.{0,60}|
        (?:اقرأ|إقرأ|اقرا|شاهد|طالع) (?:أيض[ًا]+|ايضا|أيضا|المزيد|كذلك).{0,140}|(?:مواضيع|أخبار|مقالات) (?:ذات صلة|متعلقة|مشابهة)|
        (?:الأكثر|الاكثر) (?:قراءة|مشاهدة|تداولا)|اشترك\b.{0,80}|تابعنا\b.{0,60}|للمزيد\b.{0,40}|
        baca juga\b.{0,140}|citește (?:și|mai mult)\b.{0,100}|przeczytaj (?:też|także)\b.{0,100}|
        (?:相关(?:新闻|阅读|报道|文章)|延伸阅读|推荐阅读|関連記事|おすすめ記事|あわせて読みたい|관련기사|관련 기사).{0,60}
    """,
    "comments": r"""
        (?:\d[\d.,]*\s*)?comments?(?:\s*\(\d*\))?|(?:leave|post|add|write) (?:a |your )?(?:comment|reply)|(?:view|show|read|see|join|hide|load)(?: (?:the|all|more|\d+))* (?:comments|conversation|discussion)\b.{0,30}|
        comments? (?:are|is)? ?(?:closed|off|disabled)\b.{0,40}|comments? on this .{0,60}|no comments(?: yet)?|
        (?:log|sign) in to (?:comment|reply|leave)\b.{0,40}|have your say\b.{0,40}|be the first to comment.{0,20}|what do you think\?.{0,60}comment.{0,30}|
        (?:\d+\s*)?commentaires?(?:\s*\(\d*\))?|(?:laisser|poster|ajouter|écrire) un commentaire|commenter|réagir|(?:voir|lire) les commentaires|
        (?:\d+\s*)?comentarios?(?:\s*\(\d*\))?|(?:deja|dejar|escribe|añadir) un comentario|(?:\d+\s*)?comentários?(?:\s*\(\d*\))?|deixe (?:um|seu) comentário|
        (?:\d+\s*)?kommentare?(?:\s*\(\d*\))?|kommentar (?:schreiben|verfassen)|kommentieren|jetzt kommentieren|zu den kommentaren|
        (?:\d+\s*)?commenti(?:\s*\(\d*\))?|lascia un commento|(?:\d+\s*)?reacties?(?:\s*\(\d*\))?|plaats een reactie|kommentarer|kommentera|
        комментарии(?:\s*\(?\d*\)?)?|(?:оставить|добавить) комментарий|коментарі|komentarze(?:\s*\(\d*\))?|dodaj komentarz|yorumlar?(?:\s*\(\d*\))?|yorum (?:yap|yaz)|
        (?:التعليقات|تعليقات|تعليق)(?:\s*\(?\d*\)?)?|(?:أضف|اترك|اكتب) تعليق(?:ا|ك|اً)?|评论(?:\(?\d*\)?)?|コメント(?:する)?|댓글.{0,10}
    """,
    "advertisement": r"""
        advertis(?:e)?ments?|ads?|ad feedback|sponsored(?: content| links?| by .{0,40})?|paid (?:content|post|for by .{0,40})|promoted(?: content| stories)?|
        (?:article|story) continues (?:below|after)(?: (?:this |the )?ad(?:vertisement|vert)?)?|continue reading below|(?:scroll|continue) (?:down )?(?:to|for) (?:continue|more)\b.{0,30}|
        (?:skip|skip past|close) (?:this )?(?:ad|advert|advertisement|newsletter promotion)|after newsletter promotion|(?:report|remove) (?:this )?ads?|
        publicité|la suite après (?:cette|la) publicité.{0,20}|publicidad|publicidade|continua (?:dopo la|após a) pubblicità?.{0,20}|continua após a publicidade|
        anzeige|werbung|pubblicità|advertentie|annons|annonse|annonce|mainos|reklam[ay]?|reklama|реклама|na skróty reklama|(?:إعلان|اعلان|إعلانات|الإعلان)|广告|廣告|広告|광고|iklan|
        artículo continúa después.{0,30}|sigue leyendo después.{0,30}|publicité\s*/?
    """,
    "cookie notice": r"""
        (?:accept|reject|allow|manage|deny|decline)(?: (?:all|our|your|only|necessary))* (?:cookies|preferences|consent)|cookies?(?: (?:policy|settings|notice|preferences|consent))?|
        (?:we|this (?:web)?site|our (?:web)?site|our partners)\b.{0,30}\buse[sd]? cookies\b.{0,110}|by (?:continuing|using)\b.{0,60}\b(?:cookies|site|terms)\b.{0,60}|
        (?:accepter|refuser|gérer)(?: .{0,12})? cookies|(?:nous utilisons|ce site utilise) des cookies\b.{0,100}|(?:aceptar|rechazar|configurar)(?: .{0,12})? cookies|(?:usamos|utilizamos|este sitio (?:usa|utiliza)) cookies\b.{0,100}|
        (?:alle )?cookies (?:akzeptieren|ablehnen|accepteren|weigeren)|(?:wir|diese (?:web)?seite) (?:verwende[nt]|nutz(?:t|en)) cookies\b.{0,100}|(?:accetta|rifiuta)(?: .{0,12})? cookie|
        (?:aceitar|rejeitar)(?: .{0,12})? cookies|(?:принять|мы используем|сайт использует) (?:файлы )?cookies?\b.{0,80}|çerez.{0,60}
    """,
    "navigation": r"""
        home(?:page)?|menu|main menu|search|site search|sections?|skip to (?:main )?(?:content|navigation)\b.{0,20}|skip|back to (?:top|home|homepage|news|article)|(?:go to )?top of page|top|
        (?:log|sign) ?(?:in|out|on)|(?:my )?account|register|create (?:an )?account|profile|settings|help|about(?: us)?|contact(?: us)?|terms(?: (?:of|and) (?:use|service|conditions))?|
        privacy(?: policy| notice)?|site ?map|rss(?: feed)?|archives?|next(?: (?:article|page|story|post))?|previous(?: (?:article|page|story|post))?|(?:page )?\d{1,3} of \d{1,3}|page \d{1,3}|
        (?:home|news|world|politics|business|sport|sports|culture|opinion|video|tech|science|health|life|lifestyle|travel|more|live|us|uk|africa|asia|europe|arts|entertainment|weather)
        (?:[ ]?[|>›»/·•][ ]?\w[\w&’']*(?:[ ][\w&’']+){0,3}){1,12}|
        (?:normal|large|larger|very large|small|smaller|medium|default) (?:text|font|type)(?: size)?(?:\s*[|/·]\s*(?:(?:normal|large|larger|very large|small|smaller|medium|default) )?(?:text|font|type)(?: size)?){0,6}|
        text size|e-?(?:edition|paper)|licen[cs]e this (?:article|story|content)|(?:this )?(?:story|article|page) (?:was|can be) found at\s*:?\s\S{4,120}|short url(?:\s\S{4,80})?|
        (?:loading|please wait)(?:\s*\.{2,3}|…)?|close(?: menu)?|open menu|toggle (?:menu|navigation|search)|show (?:more|less|all|caption)|hide caption|view (?:all|gallery|image|fullscreen|image in fullscreen)|enlarge(?: (?:image|this image))?|
        (?:expand|open) image|play(?: video)?|pause|mute|unmute|full ?screen|\d+ of \d+ (?:photos|images)|image source,?|image caption,?|image copyright|toggle caption|video caption|
        listen(?: to (?:this )?(?:article|story))?(?:\s*[·(]?\s*\d+(?::\d+| min(?:utes)?)\)?)?|\d+\s?min(?:ute)?s?(?: read)?|reading time:? .{0,20}|(?:estimated )?read(?:ing)? time.{0,20}|
        this article is more than .{1,20} old|copy|undo|translate|select language|change language|english|français|español|العربية|
        accueil|rechercher?|se connecter|connexion|mon compte|menu principal|aller au contenu.{0,20}|retour (?:en haut|à l.accueil)|suivant|précédent|temps de lecture.{0,20}|écouter(?: l.article)?|mentions légales|
        inicio|buscar|iniciar sesión|mi cuenta|regístrate|siguiente|anterior|ir al contenido.{0,20}|volver arriba|tiempo de lectura.{0,20}|aviso legal|
        início|pesquisar|entrar|próxim[oa]|voltar ao topo|startseite|suche|anmelden|abmelden|mein konto|zum inhalt(?: springen)?|nach oben|weiter|zurück|impressum|datenschutz|lesezeit.{0,20}|vorlesen|merken|
        accedi|cerca|successivo|precedente|vai al contenuto.{0,20}|torna su|zoeken|inloggen|volgende|vorige|sök|logga in|
        главная|поиск|войти|меню|наверх|далее|назад|вход|регистрация|strona główna|szukaj|zaloguj|anasayfa|ana sayfa|giriş yap|ara|
        الرئيسية|بحث|القائمة|تسجيل الدخول|التالي|السابق|الصفحة الرئيسية|من نحن|اتصل بنا|استمع|首页|登录|搜索|返回顶部|ホーム|ログイン|検索|홈|로그인|검색|beranda|cari|masuk
    """,
}

# What stands on the buttons under a headline, in a row without marks between.
BUTTONS: frozenset[str] = word_set("""
    facebook twitter whatsapp telegram linkedin email e-mail mail print save share comment comments bookmark
    tweet listen partager imprimer enregistrer commenter envoyer écouter sauvegarder
    compartir imprimir guardar comentar escuchar teilen drucken speichern merken kommentieren vorlesen
    condividi stampa salva commenta ascolta compartilhar partilhar salvar ouvir delen printen bewaren
    поделиться сохранить печать распечатать комментировать paylaş yazdır kaydet
    مشاركة طباعة حفظ تعليق استماع فيسبوك تويتر واتساب تلغرام
    """)

RIGHTS = re.compile(
    r"""^\W{0,3}(?:
      (?:©|\(c\)|ⓒ)\s*(?:copyright\b)?|copyrights?\b(?!\s+(?:law|case|infring|lawsuit|bill|act|office|suit|claim|claims|protection|holders?|lawyers?|rules|reform|dispute|trial|battle|violation|ruling))|
      load-date\b\Z|all\ rights?\ reserved|tous\ droits\ (?:de\ reproduction\ )?(?:et\ de\ représentation\ )?réservés|
      todos\ los\ derechos\ reservados|todos\ os\ direitos\ reservados|alle\ rechte\ vorbehalten|tutti\ i\ diritti\ riservati|riproduzione\ riservata|
      alle\ rechten\ voorbehouden|все\ права\ защищены|всі\ права\ захищені|wszelkie\ prawa\ zastrzeżone|tüm\ hakları\ saklıdır|جميع\ الحقوق\ محفوظة|حقوق\ النشر|
      版权所有|著作権|無断転載|무단\ ?전재|hak\ cipta|alla\ rättigheter\ förbehållna|prohibida\ (?:su|la)\ reproducción|
      (?:this\ )?material\ may\ not\ be\ (?:published|reproduced)|reproduction\ (?:interdite|in\ whole|prohibited)|(?:no\ part\ of\ this|not\ for\ (?:republication|reproduction))
    )""",
    re.IGNORECASE | re.VERBOSE,
)

RIGHTS_INSIDE = re.compile(
    r"(?:©|\(c\)\s?\d{4}|\ball rights? reserved\b|\btous droits réservés\b|\bderechos reservados\b|\bdireitos reservados\b|"
    r"\brechte vorbehalten\b|\bdiritti riservati\b|\bправа защищены\b|\bhakları saklıdır\b|الحقوق محفوظة|版权所有|"
    r"\bmay not be (?:published|reproduced|broadcast|rewritten|redistributed)\b)",
    re.IGNORECASE,
)

MARK = re.compile(
    r"""(?P<mark>
      [\[(]\s*(?:full\s+(?:story|article|text|report)|read\s+(?:more|on|full\s+\w+|the\s+(?:rest|full\s+\w+))|more|continue(?:d)?(?:\s+reading)?|
        see\s+more|click\s+(?:here\s+)?(?:for|to)\s+[\w\s]{2,30}|lire\s+la\s+suite|leer\s+más|ler\s+mais|weiterlesen|mehr|leggi\s+tutto|lees\s+verder|
        читать\s+(?:далее|дальше|полностью)|اقرأ\s+المزيد|التتمة|المزيد|devamı|czytaj\s+dalej|全文|続きを読む|阅读全文)\s*(?:…|\.{3}|→|»|>+)?\s*[\])]
      |\[\s*\+\s*[\d,.]+\s*(?:chars?|characters?|words?|caractères|caracteres|zeichen)\s*\]
      |[\[(]\s*(?:…|\.{3})\s*[\])]
      |\[&hellip;\]|\[&\#8230;\]
      |(?:(?<=\s)|(?<=[.!?…”"»])|^)(?:continue\s+reading|read\s+(?:more|the\s+full\s+(?:story|article)|full\s+(?:story|article)|the\s+rest)|view\s+full\s+(?:story|article)|
        lire\s+la\s+suite|seguir\s+leyendo|leer\s+más|sigue\s+leyendo|continue\s+lendo|ler\s+mais|weiterlesen|leggi\s+tutto|continua\s+a\s+leggere|lees\s+verder|
        читать\s+(?:далее|дальше|полностью)|اقرأ\s+المزيد|czytaj\s+dalej)(?:\s+(?:here|on|at)\b[^.!?\n]{0,40})?\s*(?:…|\.{3}|→|»|>+|&raquo;)
      |^(?:continue\s+reading|read\s+more|lire\s+la\s+suite|seguir\s+leyendo|weiterlesen|leggi\s+tutto|читать\s+далее|اقرأ\s+المزيد)\.?
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
# A line without one of these is searched no further.
RIGHTS_WORDS: tuple[str, ...] = (
    "©", "(c)", "ⓒ", "copyright", "reserv", "réserv", "droits", "derechos", "direitos", "rechte",
    "diritti", "права", "prawa", "hakları", "rättigheter", "الحقوق", "حقوق", "版权", "著作権", "転載", "전재",
    "hak cipta", "reprodu", "riproduzione", "may not be", "no part of this", "not for",
)  # fmt: skip
