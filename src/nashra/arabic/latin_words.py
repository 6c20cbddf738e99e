"""Words and names in Latin letters that Arabic news writes in a settled way: a table, to be added to.

A vowel mark stands where the letters alone would be read wrongly; `latin.marked` adds the others.
`_` is a space in what is said.
"""

from __future__ import annotations

_TABLE = {
    "function words": """
        the ذا | of أُوف | and أَند | in إن | on أون | for فور | to تو | at أَت | by باي
        from فروم | with وِيذ
        le لو | la لا | les لي | l لِ | un أن | une أون | de دو | du دو | des دي | d دِ | et إي
        à أَ | au أو
        aux أو | en أون | sur سور | pour بور | par بار | dans دون | sans صون | est إي | el إل
        al أل | los لوس
        las لاس | y إي | del ديل | di دي | da دا | der دير | die دي | das داس | von فون | van فان
        bin بن
        ben بن | a أَ | is إيز | no نو | not نوت | vs ضد | st سان | saint سان | sainte سانت
        san سان | santa سانتا
    """,
    "names that no rule reads": """
        max ماكس | pro برو | plus بلس | ultra ألترا | mini ميني
        modric مودريتش | ounahi أوناحي | meloni ميلوني | geneva جنيف | intelcia إنتلسيا
        fernandez فرنانديز | financial فاينانشل
    """,
    "initials that are written small": """
        sms إس_إم_إس | gps جي_بي_إس | usb يو_إس_بي | pdf بي_دي_إف | dna دي_إن_إيه
    """,
    "media": """
        monde موند | figaro فيغارو | parisien باريزيان | libération ليبيراسيون | équipe إيكيب
        express إكسبرس
        mail ميل | daily ديلي | washington واشنطُن | post بوست | new نيو | york يورك
        times تايمز | time تايم
        guardian غارديان | telegraph تلغراف | sun صن | mirror ميرور | wall وول | street ستريت
        journal جورنال
        economist إيكونوميست | reuters رويترز | bloomberg بلومبرغ | associated أسوشيتد
        press برِس | france فرانس
        presse برِس | agence أجانس | media ميديا | medias ميديا | médias ميديا | le360 لو_ثلاثمئة_وستون
        hespress هسبريس | marca ماركا | sport سبورت | sports سبورتس | mundo موندو | país باييس
        pais باييس
        abc إيه_بي_سي | spiegel شبيغل | welt فِلت | bild بيلد | kicker كيكر | gazzetta غازيتا
        dello ديلّو
        newsweek نيوزويك | fox فوكس | news نيوز | sky سكاي | channel تشانل | radio راديو
        tv تي_في | netflix نتفليكس
        economiste إيكونوميست | matin ماتان | politico بوليتيكو | mediapart ميديابارت | jeune جون
        afrique أفريك
        axios أكسيوس | today توداي | usa يو_إس_إيه | observer أوبزرفر | independent إندبندنت
        foreign فورين
        policy بوليسي | affairs أفيرز | mondo موندو | repubblica ريبوبليكا | corriere كورييري | sera سيرا
        vanguardia فانغوارديا | mundial مونديال | forbes فوربس | jazeera جزيرة | arabiya عربية
    """,
    "the net": """
        facebook فيسبوك | whatsapp واتساب | youtube يوتيوب | google غوغل | tiktok تيك_توك | twitter تويتر
        instagram إنستغرام | snapchat سناب_شات | telegram تلغرام | linkedin لينكد_إن
        microsoft مايكروسوفت
        windows ويندوز | apple آبل | iphone آيفون | ipad آيباد | android أندرويد | amazon أمازون
        samsung سامسونغ
        huawei هواوي | xiaomi شاومي | tesla تسلا | openai أوبن_إيه_آي | chatgpt تشات_جي_بي_تي
        gemini جيميناي
        meta ميتا | uber أوبر | airbnb إير_بي_إن_بي | booking بوكينغ | zoom زوم | skype سكايب
        messenger ماسنجر
        gmail جيميل | wikipedia ويكيبيديا | startup ستارت_أب | startups ستارت_أبس | start ستارت | up أب
        smart سمارت | phone فون | smartphone سمارت_فون | laptop لابتوب | computer كمبيوتر
        internet إنترنت
        online أونلاين | web ويب | wifi واي_فاي | bluetooth بلوتوث | app آب | apps آبس
        blog بلوغ | live لايف
        stories ستوريز | story ستوري | like لايك | likes لايكس | tweet تويت | hashtag هاشتاغ
        podcast بودكاست
        spotify سبوتيفاي | nvidia إنفيديا | intel إنتل | sony سوني | nokia نوكيا
        bitcoin بيتكوين | deepseek ديب_سيك
        threads ثريدز | reels ريلز | playstation بلايستيشن | paypal بايبال | alibaba علي_بابا
        cloud كلاود | fake فيك
        marketing ماركتينغ | management ماناجمنت | design ديزاين | coach كوتش | lobby لوبي
        team تيم | show شو
        game غيم | games غيمز | free فري | green غرين | food فود | fast فاست | black بلاك
        friday فرايداي
        brexit بريكست | covid كوفيد | drone درون | drones درون | big بيغ | data داتا
        business بيزنس | center سنتر
        centre سونتر | master ماستر | airlines إيرلاينز | bank بنك | group غروب | groupe غروب
        holding هولدينغ
    """,
    "firms": """
        renault رونو | peugeot بيجو | citroën سيتروين | citroen سيتروين | dacia داسيا
        stellantis ستيلانتيس
        airbus إيرباص | boeing بوينغ | bouygues بويغ | total توتال | totalenergies توتال_إنرجي
        engie إنجي
        alstom ألستوم | safran سافران | thales تاليس | orange أورانج | inwi إنوي | maroc ماروك
        telecom تيليكوم
        attijariwafa التجاري_وفا | crédit كريدي | agricole أغريكول | société سوسييتي
        générale جنرال | bnp بي_إن_بي
        paribas باريبا | axa أكسا | carrefour كارفور | danone دانون | nestlé نستله | coca كوكا
        cola كولا
        pepsi بيبسي | mcdonald ماكدونالد | mcdonalds ماكدونالدز | toyota تويوتا | hyundai هيونداي
        kia كيا
        nissan نيسان | honda هوندا | ford فورد | mercedes مرسيدِس | volkswagen فولكسفاغن
        audi أودي | fiat فيات
        ferrari فيراري | siemens سيمنس | pfizer فايزر | moderna موديرنا | astrazeneca أسترازينيكا
        sinopharm سينوفارم
        johnson جونسون | boris بوريس | spacex سبيس_إكس | adidas أديداس | nike نايك | puma بوما
        zara زارا | ikea إيكيا
        marjane مرجان | label لابيل | vie في | managem ماناجم | lydec ليديك | amendis أمانديس
        ryanair رايان_إير
        easyjet إيزي_جيت | transavia ترانسافيا | air إير | royal رويال | emirates الإمارات
        booking بوكينغ
    """,
    "football": """
        real ريال | madrid مدريد | barcelona برشلونة | barça برشلونة | barca برشلونة | fc إف_سي
        atlético أتلتيكو
        atletico أتلتيكو | sevilla إشبيلية | manchester مانشستر | city سيتي | united يونايتد
        liverpool ليفربول
        chelsea تشيلسي | arsenal آرسنال | tottenham توتنهام | juventus يوفنتوس | milan ميلان | inter إنتر
        bayern بايرن | munich ميونيخ | dortmund دورتموند | psg باريس_سان_جيرمان | germain جيرمان
        lyon ليون
        marseille مرسيليا | monaco موناكو | lille ليل | ajax أياكس | benfica بنفيكا | porto بورتو
        sporting سبورتينغ
        raja الرجاء | wydad الوداد | league ليغ | premier بريمير | liga ليغا | ligue ليغ
        serie سيري | champions تشامبيونز
        cup كاب | benzema بنزيما | hakimi حكيمي | achraf أشرف | ziyech زياش | hakim حكيم
        bounou بونو | yassine ياسين
        regragui الركراكي | walid وليد | messi ميسي | lionel ليونيل | ronaldo رونالدو
        cristiano كريستيانو
        neymar نيمار | mbappé مبابي | mbappe مبابي | kylian كيليان | salah صلاح | zidane زيدان
        guardiola غوارديولا
        mourinho مورينيو | ancelotti أنشيلوتي | klopp كلوب | infantino إنفانتينو | gianni جياني
        lewandowski ليفاندوفسكي
        vinicius فينيسيوس | amrabat أمرابط | mazraoui مزراوي | saïss سايس | saiss سايس
        ballon بالون | or أور | mvp إم_في_بي
    """,
    "people": """
        macron ماكرون | emmanuel إيمانويل | hollande هولاند | sarkozy ساركوزي | nicolas نيكولا
        chirac شيراك
        jacques جاك | mitterrand ميتران | pen بين | marine مارين | mélenchon ميلونشون
        trump ترامب | donald دونالد
        biden بايدن | joe جو | obama أوباما | barack باراك | clinton كلينتون | bush بوش
        george جورج | putin بوتين
        vladimir فلاديمير | zelensky زيلينسكي | merkel ميركل | angela أنجيلا | scholz شولتس
        sánchez سانشيز
        sanchez سانشيز | pedro بيدرو | netanyahu نتنياهو | benjamin بنيامين | erdogan أردوغان
        erdoğan أردوغان
        starmer ستارمر | keir كير | elon إيلون | musk ماسك | bill بيل | gates غيتس | mark مارك
        zuckerberg زوكربيرغ
        jean جان | luc لوك | pierre بيار | paul بول | marie ماري | michel ميشيل
        françois فرانسوا | francois فرانسوا
        louis لويس | charles شارل | philippe فيليب | jacob جاكوب | david ديفيد | john جون
        james جيمس | peter بيتر
        william ويليام | michael مايكل | robert روبرت | thomas توماس | josé خوسيه | jose خوسيه
        juan خوان
        carlos كارلوس | felipe فيليبي | antónio أنطونيو | antonio أنطونيو | guterres غوتيريش
        dominique دومينيك
        bernard برنار | gérard جيرار | laurent لوران | christophe كريستوف | stéphane ستيفان
        sophie صوفي | claude كلود
        hassan حسن | mohammed محمد | mohamed محمد | mohammad محمد | muhammad محمد | ahmed أحمد
        ahmad أحمد | ali علي
        omar عمر | youssef يوسف | yousef يوسف | said سعيد | saïd سعيد | abdellah عبد_الله
        abdallah عبد_الله
        rachid رشيد | khalid خالد | karim كريم | fatima فاطمة | zahra زهراء | aicha عائشة
        samir سمير | nabil نبيل
        mustapha مصطفى | mostafa مصطفى | hamid حميد | aziz عزيز | akhannouch أخنوش
        bourita بوريطة | nasser ناصر
        abdelaziz عبد_العزيز | abdelilah عبد_الإله | benkirane بنكيران | driss إدريس
        brahim إبراهيم | ibrahim إبراهيم
        hussein حسين | othman عثمان | amine أمين | mehdi المهدي | anas أنس | ayoub أيوب
        ismail إسماعيل | moulay مولاي
        lalla للا | sidi سيدي | steve ستيف | jobs جوبز | elizabeth إليزابيث | diana ديانا
        harry هاري | kate كيت
        xi شي | jinping جين_بينغ | kim كيم | jong جونغ | khan خان | modi مودي | leonardo ليوناردو
        victor فيكتور
        hugo هوغو | albert ألبير | camus كامو | voltaire فولتير | nobel نوبل | oscar أوسكار | vinci فينشي
    """,
    "places": """
        paris باريس | london لندن | londres لندن | casablanca الدار_البيضاء | rabat الرباط
        tanger طنجة | fès فاس
        fes فاس | marrakech مراكش | agadir أكادير | meknès مكناس | oujda وجدة | salé سلا
        tétouan تطوان | kénitra القنيطرة
        laâyoune العيون | dakhla الداخلة | bruxelles بروكسيل | brussels بروكسل | genève جنيف
        berlin برلين | rome روما
        roma روما | lisbon لشبونة | vienna فيينا | moscow موسكو | kiev كييف | kyiv كييف
        dubai دبي | doha الدوحة
        cairo القاهرة | alger الجزائر | algérie الجزائر | tunis تونس | tunisie تونس
        europe أوروبا | africa إفريقيا
        america أمريكا | america أمريكا | american أمريكان | espagne إسبانيا | españa إسبانيا
        italia إيطاليا
        morocco المغرب | hollywood هوليوود | california كاليفورنيا | texas تكساس | chicago شيكاغو
        boston بوسطن
        oxford أوكسفورد | cambridge كامبريدج | harvard هارفارد | stanford ستانفورد
        sorbonne سوربون | vatican فاتيكان
        cannes كان | nice نيس | bordeaux بوردو | toulouse تولوز | nantes نانت
        strasbourg ستراسبورغ | versailles فيرساي
        mawazine موازين | expo إكسبو | mondial مونديال | tour تور | forum فوروم
        festival فستيفال | jazz جاز
        dakar داكار | davos دافوس | tokyo طوكيو | kabul كابول | tel تل | aviv أبيب | gaza غزة
        israel إسرائيل
        université أونيفيرسيتي | university يونيفيرسيتي | école إيكول | institut أنستيتو
        institute إنستيتيوت
        hôtel أوتيل | hotel هوتيل | café كافي | restaurant ريستوران | star ستار | stars ستارز
        love لاف | prime برايم
        world وورلد | human هيومن | rights رايتس | watch ووتش | amnesty أمنستي
        international إنترناشيونال
        greenpeace غرينبيس | frontières فرونتيير | médecins ميدسان | transparency ترانسبارنسي
        freedom فريدم | house هاوس
        human هيومن | gallup غالوب | moody موديز | moodys موديز | fitch فيتش | standard ستاندارد
        poor بور | poors بورز
        dow داو | jones جونز | brent برنت | delta دلتا | omicron أوميكرون | ebola إيبولا
        pegasus بيغاسوس | boko بوكو
        haram حرام
    """,
    "names and words of all kinds": """
        luiz لويس | tahar الطاهر | ayouch عيوش | saad سعد | lamjarred لمجرد | gad جاد | elmaleh المالح
        merzouga مرزوكة | taghazout تغازوت | bay باي | me مي | bein بي_إن | ratings ريتنغز
        coldplay كولدبلاي | sofitel سوفيتيل | júnior جونيور | junior جونيور
        jazzablanca جازابلانكا | medi ميدي | med ميد | save سيف | denis دوني | grenoble غرونوبل
        shakespeare شكسبير | churchill تشرشل | élysée إليزيه | élysées إليزيه | champs شان | opinion أوبينيون
        ouarzazate ورزازات | errachidia الرشيدية | essaouira الصويرة | safi آسفي | settat سطات
        berrechid برشيد | mohammedia المحمدية | temara تمارة | skhirat الصخيرات | khemisset الخميسات
        khénifra خنيفرة | khenifra خنيفرة | taza تازة | ifrane إفران | midelt ميدلت | tinghir تنغير
        zagora زاكورة | taroudant تارودانت | tiznit تيزنيت | guelmim كلميم | jerada جرادة
        figuig فجيج | larache العرائش | asilah أصيلة | assilah أصيلة | ouazzane وزان | martil مرتيل
        sefrou صفرو | bouznika بوزنيقة | kenitra القنيطرة | tetouan تطوان | meknes مكناس | chichaoua شيشاوة
        massa ماسة | draa درعة | tafilalet تافيلالت | atlas أطلس | sahara صحارا | ceuta سبتة
        melilla مليلية | tangier طنجة | fez فاس | lisboa لشبونة | barcelone برشلونة
        séville إشبيلية | málaga مالقة | malaga مالقة | granada غرناطة | valencia فالنسيا | bilbao بلباو
        zaragoza سرقسطة | córdoba قرطبة | venezia فينيسيا | münchen ميونيخ | frankfurt فرانكفورت
        stuttgart شتوتغارت | wien فيينا | zürich زيوريخ | zurich زيوريخ | copenhagen كوبنهاغن
        stockholm ستوكهولم | helsinki هلسنكي | budapest بودابست | athens أثينا | istanbul إسطنبول
        ankara أنقرة | beirut بيروت | baghdad بغداد | damascus دمشق | riyadh الرياض | jeddah جدة
        mecca مكة | khartoum الخرطوم | tripoli طرابلس | nouakchott نواكشوط | pretoria بريتوريا
        johannesburg جوهانسبورغ | beijing بكين | shanghai شنغهاي | singapore سنغافورة | mumbai مومباي
        delhi دلهي | montreal مونتريال | québec كيبيك | ottawa أوتاوا | vegas فيغاس | angeles أنجلوس
        argentina أرجنتينا | germany جيرماني | spain سبين | portugal برتغال | england إنجلاند
        china تشاينا | india إنديا | ukraine أوكرانيا | turkey تركي | egypt إيجيبت | qatar قطر
        saudi سعودي | senegal السنغال | sénégal السنغال | nigeria نيجيريا | kenya كينيا | canada كندا
        özil أوزيل | neuer نوير | kimmich كيميش | schweinsteiger شفاينشتايغر | merz ميرتس
        steinmeier شتاينماير | baerbock بيربوك | habeck هابيك | goethe غوته | nietzsche نيتشه
        porsche بورشه | welle فيله | bundesliga بوندسليغا | wolfsburg فولفسبورغ | leverkusen ليفركوزن
        erling إيرلينغ | bellingham بيلينغهام | pedri بيدري | raphinha رافينيا | dembélé ديمبيلي
        ousmane عثمان | deschamps ديشان | didier ديدييه | lloris لوريس | camavinga كامافينغا | foden فودن
        kane كين | rice رايس | hazard هازارد | pelé بيليه | luis لويس | enrique إنريكي | xavi تشافي
        iniesta إنييستا | piqué بيكيه | sergio سيرجيو | osimhen أوسيمين | mahrez محرز | riyad رياض
        aguerd أكرد | sofiane سفيان | rahimi رحيمي | diaz دياز | ilias إلياس | bilal بلال
        azzedine عز_الدين | noussair نصير | lekjaa لقجع | motsepe موتسيبي | ceferin تشيفرين
        mahomes ماهومز | rafael رافاييل | federer فيدرر | djokovic ديوكوفيتش | verstappen فيرستابن
        harris هاريس | borrell بوريل | leyen لاين | barnier بارنييه | gabriel غابرييل | lecornu لوكورنو
        retailleau روتايو | bardella بارديلا | albares ألباريس | justin جاستن | thatcher تاتشر
        kissinger كيسنجر | pelosi بيلوسي | cameron كاميرون | éric إريك | mandela مانديلا | nelson نيلسون
        kagame كاغامي | xavier كزافييه | camille كاميل | guillaume غيوم | hervé إيرفي | rené روني
        andré أندريه | benoît بونوا | mathias ماتياس | olivier أوليفيي | thierry تييري | yves إيف
        jeff جيف | nadella ناديلا | sundar سوندار | pichai بيتشاي | jensen جنسن | buffett بافيت
        melinda ميليندا | copilot كوبايلوت | perplexity بيربلكسيتي | midjourney ميدجورني | dell ديل
        lenovo لينوفو | asus أسوس | realme ريلمي | honor أونور | macbook ماك_بوك | airpods إيربودز
        firefox فايرفوكس | safari سفاري | indrive إندرايف | careem كريم | shein شي_إن | temu تيمو
        aliexpress علي_إكسبرس | ebay إيباي | disney ديزني | universal يونيفرسال | pictures بيكتشرز
        discord ديسكورد | reddit ريديت | pinterest بينتريست | panasonic باناسونيك | gopro غو_برو
        seat سيات | rolls رولز | royce رويس | rover روفر | land لاند | chevrolet شيفروليه
        chrysler كرايسلر | bridgestone بريدجستون | chery شيري | sandero سانديرو | duster داستر
        megane ميغان | tucson توسان | gotion غوشن | lockheed لوكهيد | martin مارتن | bayraktar بيرقدار
        patriot باتريوت | javelin جافلين | himars هيمارس | apache أباتشي | iberia إيبيريا
        lufthansa لوفتهانزا | vueling فويلينغ | chevron شيفرون | eni إيني | repsol ريبسول
        afriquia أفريقيا | lesieur لوسيور | centrale سنترال | cosumar كوسومار | harazem حرازم
        oulmès أولماس | sothema سوتيما | sachs ساكس | citigroup سيتي_غروب | deloitte ديلويت
        mckinsey ماكينزي | mastercard ماستركارد | western ويسترن | starbucks ستاربكس | burger برغر
        pizza بيتزا | hut هت | decathlon ديكاتلون | sephora سيفورا | gucci غوتشي | chanel شانيل
        rolex رولكس | hermès هيرميس | dolce دولتشي | versace فيرساتشي | super سوبر | bowl بول
        olympic أولمبيك | olympique أولمبيك | camp كامب | wembley ويمبلي | old أولد | trafford ترافورد
        anfield أنفيلد | fenerbahçe فنربخشة | galatasaray غلطة_سراي | besiktas بشكتاش | rangers رينجرز
        rennes رين | reims ريمس | brest بريست | metz ميتز | lens لانس | montpellier مونبلييه | betis بيتيس
        sociedad سوسيداد | getafe خيتافي | fiorentina فيورنتينا | lazio لاتسيو | everton إيفرتون
        villa فيلا | newcastle نيوكاسل | leicester ليستر | leeds ليدز | fulham فولهام
        southampton ساوثهامبتون | bournemouth بورنموث | brentford برينتفورد | nottingham نوتنغهام
        forest فورست | sunderland سندرلاند | flamengo فلامينغو | palmeiras بالميراس | fluminense فلومينينسي
        juniors جونيورز | river ريفر | plate بليت | mamelodi ماميلودي | sundowns صنداونز | music ميوزيك
        art آرت | arts آرتس | red ريد | gold غولد | silver سيلفر | life لايف | day داي | school سكول
        summit ساميت | invest إنفست | tech تك | technology تكنولوجي | innovation إنوفيشن
        solutions سوليوشنز | services سرفيسز | consulting كونسلتينغ | water ووتر | hydrogen هيدروجين
        lithium ليثيوم | drive درايف | mall مول | delivery ديليفري | pay باي | wallet واليت
        ethereum إيثيريوم | metaverse ميتافيرس | gaming غيمينغ | esports إي_سبورتس | influencer إنفلونسر
        trend تريند | viral فايرال | selfie سيلفي | video فيديو | clip كليب | rap راب | pop بوب
        talent تالنت | voice فويس | idol أيدول | arab عرب | top توب | best بست | awards أووردز
        award أوورد | emmy إيمي | golden غولدن | pulitzer بوليتزر | guinness غينيس | records ريكوردز
        mister ميستر | fashion فاشون | model موديل | kennedy كينيدي | blatter بلاتر | raytheon رايثيون
        laayoune العيون | smara السمارة | fnideq الفنيدق | mdiq المضيق | sisi السيسي | french فرنش
        airways إيرويز | railways ريلويز | motors موتورز | electronics إلكترونيكس | industries إندستريز
        industry إندستري | national ناشيونال | dynamics ديناميكس | systems سيستمز | security سيكيوريتي
        support سبورت | project بروجكت | challenge تشالنج | fund فاند | foundation فاونديشن
        association أسوسييشن | federation فيدريشن | council كاونسل | institution إنستيتيوشن
        college كوليدج | academy أكاديمي | research ريسيرش | science ساينس | sciences ساينسز | nature نيتشر
        lancet لانسيت | medicine ميديسن | care كير | beauty بيوتي | kids كيدز | woman وومن | girl غيرل
        boy بوي | boys بويز | baby بيبي | hero هيرو | prince برنس | princess برنسيس | lady ليدي | lord لورد
        doctor دكتور | squid سكويد | thrones ثرونز | bad باد | first فيرست | last لاست | next نكست
        one وان | two تو | ground غراوند | zero زيرو | step ستيب | stand ستاند | open أوبن | mind مايند
        brain برين | neuralink نيورالينك | corporation كوربوريشن | limited ليميتد | brothers براذرز
        sons سانز | partners بارتنرز | ventures فنتشرز | investment إنفستمنت | investments إنفستمنتس
        trading تريدينغ | trade تريد | finance فاينانس | credit كريديت | loan لون | exchange إكستشينج
        index إندكس | euronext يورونكست | eurostat يوروستات | frontex فرونتكس | europol يوروبول
        interpol إنتربول | erasmus إيراسموس | horizon هورايزون | symbol سيمبول | fiesta فييستا | focus فوكس
        embraer إمبراير | dreamliner دريملاينر | soyuz سويوز | artemis أرتيميس | hubble هابل | webb ويب
        voyager فوياجر | copernicus كوبرنيكوس | galileo غاليليو | sentinel سنتينل | signal سيغنال
        viber فايبر | teams تيمز | point بوينت | edge إيدج | baidu بايدو | tencent تنسنت | wechat وي_تشات
        bytedance بايت_دانس | maps مابس | play بلاي | translate ترانسليت | photos فوتوز | vision فيجن
        ios آي_أو_إس | alexa أليكسا | echo إيكو | fire فاير | bard بارد | sonnet سونيت | opus أوبوس
        haiku هايكو | linux لينكس | ubuntu أوبونتو | python بايثون | github غيت_هاب | hackers هاكرز
        spyware سبايوير | server سيرفر | router راوتر | chip تشيب | chips تشيبس | tablet تابلت | box بوكس
        xbox إكس_بوكس | nintendo نينتندو | fortnite فورتنايت | minecraft ماينكرافت | pubg ببجي
        roblox روبلوكس | pes بيس | gta جي_تي_إيه | epic إيبيك | wirtz فيرتس | musiala موسيالا
        szczesny تشيزني | havertz هافيرتز | ødegaard أوديغارد | isak إيزاك | valverde فالفيردي
        alvarez ألفاريز | fernández فرنانديز | casemiro كاسيميرو | ederson إيدرسون | fernandes فرنانديز
        félix فيليكس | joão جواو | pepe بيبي | dias دياش | cancelo كانسيلو | neves نيفيس | vitinha فيتينيا
        chiesa كييزا | inzaghi إنزاغي | allegri أليغري | spalletti سباليتي | conte كونتي | simeone سيميوني
        arteta أرتيتا | emery إيمري | slot سلوت | arne آرني | ten تن | tuchel توخل | nagelsmann ناغلسمان
        hansi هانزي | xabi تشابي | postecoglou بوستيكوغلو | wenger فينغر | ferguson فيرغسون
        beckham بيكهام | gerrard جيرارد | lampard لامبارد | terry تيري | walker ووكر | maguire ماغواير
        alexander ألكسندر | arnold أرنولد | thuram تورام | zaïre زايير | hernández هيرنانديز
        hernandez هيرنانديز | theo ثيو | lucas لوكاس | saliba صليبا | maignan مانيان | benatia بنعطية
        medhi مهدي | saibari صيباري | ismael إسماعيل | ezzalzouli الزلزولي | abde عبد | khannouss الخنوس
        richardson ريتشاردسون | igamane إكمان | belammari بلعمري | masina ماسينا | riad رياض | hamza حمزة
        chen تشن | page بيج | brin برين | sergey سيرغي | daniel دانييل | ek إيك | hastings هيستينغز
        iger إيغر | taylor تايلور | beyoncé بيونسيه | beyonce بيونسيه | rihanna ريهانا | jennifer جينيفر
        brad براد | pitt بيت | johnny جوني | depp ديب | amber أمبر | chris كريس | cruise كروز | scott سكوت
        christopher كريستوفر | steven ستيفن | scorsese سكورسيزي | quentin كوينتن | bieber بيبر
        kanye كانييه | adele أديل | gims غيمس | aya آية | stromae ستروماي | akon إيكون | bunny باني
        rosalía روزاليا | julio خوليو | iglesias إغليسياس | alejandro أليخاندرو | javier خافيير
        jorge خورخي | miguel ميغيل | diego دييغو | andrés أندريس | manuel مانويل | ignacio إغناسيو
        rajoy راخوي | aznar أثنار | zapatero ثاباتيرو | feijoo فيخو | puigdemont بوتشيمون | vox فوكس
    """,
}

WORDS = {
    latin: arabic.replace("_", " ")
    for rows in _TABLE.values()
    for latin, arabic in (row.split() for row in rows.replace("\n", "|").split("|") if row.strip())
}
"""What is said for a word, by the word in small letters."""
