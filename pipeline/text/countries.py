"""Countries with their people and cities, in French.

Names are those of Unicode CLDR and the other ones in use; cities are CLDR's time zone cities and those that the
French press often names. No maintained package gives people and capitals in French under free terms (CLDR and
pycountry give names only), so these were written by hand; tests/text/test_countries.py holds names, cities and the
adjectives that CLDR's currency names contain (`couronne norvégienne`) against CLDR.

One line a country: code, continent, names, people (masculine singular), capital, other cities and regions.
"""

TABLE = """
AD EU|Andorre|andorran|Andorre-la-Vieille|
AE AS|Émirats arabes unis/Émirats/EAU|émirati/émirien|Abou Dhabi|Dubaï/Charjah
AF AS|Afghanistan|afghan|Kaboul|Kandahar/Hérat/Mazar-e-Charif
AG AM|Antigua-et-Barbuda/Antigua|antiguais/antiguayen|Saint John’s|
AL EU|Albanie|albanais|Tirana|
AM AS|Arménie|arménien|Erevan|
AO AF|Angola|angolais|Luanda|
AR AM|Argentine|argentin|Buenos Aires|Cordoba/Rosario/Mendoza/Ushuaïa/Patagonie/Salta/Tucuman
AT EU|Autriche|autrichien|Vienne|Salzbourg/Graz/Linz/Innsbruck/Tyrol
AU OC|Australie|australien|Canberra|Sydney/Melbourne/Brisbane/Perth/Adélaïde/Hobart/Broken Hill/Darwin/Tasmanie/Queensland
AZ AS|Azerbaïdjan|azerbaïdjanais/azéri|Bakou|Haut-Karabakh
BA EU|Bosnie-Herzégovine/Bosnie|bosnien/bosniaque|Sarajevo|Mostar/Srebrenica
BB AM|Barbade|barbadien|Bridgetown|
BD AS|Bangladesh|bangladais/bangladeshi|Dacca|Chittagong/Dhaka
BE EU|Belgique|belge|Bruxelles|Anvers/Liège/Gand/Charleroi/Namur/Bruges/Louvain/Mons/Ostende/Flandre/Wallonie
BF AF|Burkina Faso/Burkina|burkinabè/burkinabé/burkinais|Ouagadougou|Bobo-Dioulasso
BG EU|Bulgarie|bulgare|Sofia|Plovdiv/Varna
BH AS|Bahreïn|bahreïni/bahreïnien|Manama|
BI AF|Burundi|burundais|Gitega|Bujumbura
BJ AF|Bénin|béninois|Porto-Novo|Cotonou
BN AS|Brunei|brunéien|Bandar Seri Begawan|
BO AM|Bolivie|bolivien|La Paz/Sucre|
BR AM|Brésil|brésilien|Brasilia|Rio de Janeiro/São Paulo/Salvador de Bahia/Recife/Fortaleza/Belém/Manaus/Amazonie/Porto Alegre
BS AM|Bahamas|bahaméen/bahamien|Nassau|
BT AS|Bhoutan|bhoutanais|Thimphou/Thimphu|
BW AF|Botswana|botswanais|Gaborone|
BY EU|Biélorussie/Bélarus|biélorusse/bélarusse|Minsk|
BZ AM|Belize|bélizien/bélizéen|Belmopan|
CA AM|Canada|canadien|Ottawa|Montréal/Toronto/Vancouver/Québec/Calgary/Edmonton/Winnipeg/Halifax/Moncton/Regina/Ontario/Alberta/Manitoba/Colombie-Britannique/Nouveau-Brunswick/Nouvelle-Écosse
CD AF|République démocratique du Congo/RDC/RD Congo/Congo-Kinshasa/Congo|congolais|Kinshasa|Goma/Lubumbashi/Kivu/Bukavu/Katanga
CF AF|République centrafricaine/Centrafrique|centrafricain|Bangui|
CG AF|Congo-Brazzaville/République du Congo/Congo|congolais|Brazzaville|Pointe-Noire
CH EU|Suisse/Confédération helvétique|suisse/helvétique/helvète|Berne|Genève/Zurich/Lausanne/Bâle/Lugano/Davos/Fribourg/Neuchâtel/Sion/Valais/Vaud/Tessin
CI AF|Côte d’Ivoire|ivoirien|Yamoussoukro|Abidjan/Bouaké
CL AM|Chili|chilien|Santiago|Valparaiso/Atacama/Punta Arenas/Île de Pâques
CM AF|Cameroun|camerounais|Yaoundé|Douala
CN AS|Chine/République populaire de Chine/empire du Milieu|chinois|Pékin/Beijing|Shanghai/Wuhan/Canton/Shenzhen/Chengdu/Chongqing/Nankin/Tianjin/Xinjiang/Tibet/Macao
CO AM|Colombie|colombien|Bogota|Medellin/Cali/Carthagène
CR AM|Costa Rica|costaricain/costaricien|San José|
CU AM|Cuba|cubain|La Havane|Guantanamo
CV AF|Cap-Vert|capverdien/cap-verdien|Praia|
CY EU|Chypre|chypriote|Nicosie|Famagouste/Limassol/Larnaca
CZ EU|Tchéquie/République tchèque|tchèque|Prague|Brno/Ostrava/Bohême/Moravie
DE EU|Allemagne/République fédérale/RFA/RDA|allemand/ouest-allemand/est-allemand|Berlin|Munich/Hambourg/Cologne/Francfort/Stuttgart/Dresde/Leipzig/Düsseldorf/Dortmund/Brême/Hanovre/Nuremberg/Bonn/Ramstein/Wolfsburg/Essen/Bavière/Saxe/Rhénanie/Hesse/Thuringe/Brandebourg/Bade-Wurtemberg/Basse-Saxe
DJ AF|Djibouti|djiboutien||
DK EU|Danemark|danois|Copenhague|Aarhus/Groenland/Îles Féroé
DM AM|la Dominique|dominiquais|Roseau|
DO AM|République dominicaine|dominicain|Saint-Domingue|Punta Cana
DZ AF|Algérie|algérien|Alger|Oran/Constantine/Annaba/Kabylie/Tizi Ouzou
EC AM|Équateur|équatorien|Quito|Guayaquil/Galapagos
EE EU|Estonie|estonien|Tallinn|Tartu
EG AF|Égypte|égyptien|Le Caire|Alexandrie/Louxor/Assouan/Charm el-Cheikh/Suez/Sinaï
ER AF|Érythrée|érythréen|Asmara|
ES EU|Espagne|espagnol|Madrid|Barcelone/Séville/Bilbao/Valence/Grenade/Malaga/Saragosse/Saint-Sébastien/Cordoue/Ceuta/Melilla/Ibiza/Majorque/Palma/Saint-Jacques-de-Compostelle/Catalogne/Andalousie/Galice/Aragon/Asturies/Castille/Canaries/Îles Canaries/Baléares/Pays basque/Navarre
ET AF|Éthiopie|éthiopien|Addis-Abeba|Tigré
FI EU|Finlande|finlandais/finnois|Helsinki|Tampere/Turku/Laponie
FJ OC|Fidji|fidjien|Suva|
FM OC|Micronésie|micronésien|Palikir|
FR EU|France/Hexagone/République française|français/tricolore|Paris|Guadeloupe/Martinique/Guyane/La Réunion/Mayotte/Nouvelle-Calédonie/Polynésie française/Tahiti/Saint-Martin/Saint-Barthélemy/Saint-Pierre-et-Miquelon/Wallis-et-Futuna/Outre-mer
GA AF|Gabon|gabonais|Libreville|Port-Gentil
GB EU|Royaume-Uni/Grande-Bretagne/Angleterre/Écosse/Pays de Galles/Irlande du Nord|britannique/anglais/écossais/gallois/nord-irlandais|Londres|Manchester/Liverpool/Birmingham/Édimbourg/Glasgow/Belfast/Cardiff/Leeds/Sheffield/Newcastle/Bristol/Oxford/Cambridge/Brighton/Douvres/Wembley/Wimbledon
GD AM|la Grenade|grenadien|Saint-Georges|
GE AS|Géorgie|géorgien|Tbilissi|Batoumi/Gori/Abkhazie/Ossétie du Sud
GH AF|Ghana|ghanéen|Accra|Kumasi
GM AF|Gambie|gambien|Banjul|
GN AF|Guinée|guinéen|Conakry|
GQ AF|Guinée équatoriale|équato-guinéen/équatoguinéen|Malabo|
GR EU|Grèce|grec|Athènes|Thessalonique/Le Pirée/Crète/Corfou/Lesbos/Rhodes/Olympie/Delphes
GT AM|Guatemala|guatémaltèque||
GW AF|Guinée-Bissau|bissau-guinéen/bissaoguinéen|Bissau|
GY AM|Guyana|guyanien|Georgetown|
HK AS|Hong Kong/Hongkong|hongkongais||
HN AM|Honduras|hondurien|Tegucigalpa|
HR EU|Croatie|croate|Zagreb|Split/Dubrovnik/Dalmatie
HT AM|Haïti|haïtien|Port-au-Prince|
HU EU|Hongrie|hongrois/magyar|Budapest|
ID AS|Indonésie|indonésien|Jakarta|Bali/Java/Sumatra
IE EU|Irlande|irlandais|Dublin|Cork/Galway/Limerick
IL AS|Israël/État hébreu|israélien|Jérusalem|Tel-Aviv/Haïfa
IN AS|Inde|indien|New Delhi|Delhi/Bombay/Mumbai/Calcutta/Kolkata/Bangalore/Madras/Chennai/Hyderabad/Pondichéry/Cachemire/Goa
IQ AS|Irak|irakien|Bagdad|Mossoul/Bassora/Erbil/Kirkouk
IR AS|Iran/République islamique|iranien|Téhéran|Ispahan/Chiraz/Tabriz/Machhad
IS EU|Islande|islandais|Reykjavik|
IT EU|Italie/Péninsule|italien/transalpin|Rome|Milan/Naples/Turin/Florence/Venise/Bologne/Gênes/Palerme/Vérone/Pise/Trieste/Bari/Bergame/Padoue/Sienne/Lampedusa/Sicile/Sardaigne/Toscane/Lombardie/Vénétie/Piémont/Calabre/Ligurie/Aviano
JM AM|Jamaïque|jamaïcain/jamaïquain|Kingston|
JO AS|Jordanie|jordanien|Amman|Petra
JP AS|Japon|japonais/nippon|Tokyo|Osaka/Kyoto/Fukushima/Hiroshima/Nagasaki/Nagoya/Sapporo/Yokohama/Okinawa
KE AF|Kenya|kényan|Nairobi|Mombasa
KG AS|Kirghizstan/Kirghizistan|kirghize|Bichkek|
KH AS|Cambodge|cambodgien|Phnom Penh|Angkor
KI OC|Kiribati|kiribatien|Tarawa|
KM AF|Comores|comorien|Moroni|Anjouan
KN AM|Saint-Christophe-et-Niévès|kittitien|Basseterre|
KP AS|Corée du Nord|nord-coréen|Pyongyang|
KR AS|Corée du Sud|sud-coréen|Séoul|Busan
KW AS|Koweït|koweïtien||
KZ AS|Kazakhstan|kazakh/kazakhstanais|Astana|Almaty/Baïkonour
LA AS|Laos|laotien|Vientiane|
LB AS|Liban|libanais|Beyrouth|Saïda
LC AM|Sainte-Lucie|saint-lucien|Castries|
LI EU|Liechtenstein|liechtensteinois|Vaduz|
LK AS|Sri Lanka|sri-lankais/srilankais|Colombo|
LR AF|Liberia|libérien|Monrovia|
LS AF|Lesotho|lésothan/lésothien|Maseru|
LT EU|Lituanie|lituanien|Vilnius|Kaunas
LU EU|Luxembourg/Grand-Duché|luxembourgeois||
LV EU|Lettonie|letton|Riga|
LY AF|Libye|libyen|Tripoli|Benghazi/Syrte/Misrata
MA AF|Maroc|marocain|Rabat|Casablanca/Marrakech/Fès/Tanger/Agadir/Meknès/Rif
MC EU|Monaco|monégasque||
MD EU|Moldavie/Moldova|moldave|Chisinau|Transnistrie
ME EU|Monténégro|monténégrin|Podgorica|
MG AF|Madagascar|malgache|Antananarivo|
MH OC|Îles Marshall|marshallais|Majuro|
MK EU|Macédoine du Nord/Macédoine|macédonien/nord-macédonien|Skopje|
ML AF|Mali|malien|Bamako|Tombouctou/Gao/Mopti/Kidal
MM AS|Birmanie/Myanmar|birman|Naypyidaw|Rangoun/Yangon
MN AS|Mongolie|mongol|Oulan-Bator|
MR AF|Mauritanie|mauritanien|Nouakchott|
MT EU|Malte|maltais|La Valette|
MU AF|Île Maurice|mauricien|Port-Louis|
MV AS|Maldives|maldivien|Malé|
MW AF|Malawi|malawien/malawite|Lilongwe|
MX AM|Mexique|mexicain|Mexico|Guadalajara/Monterrey/Cancun/Tijuana/Acapulco/Ciudad Juarez/Chihuahua/Merida
MY AS|Malaisie|malaisien/malais|Kuala Lumpur|
MZ AF|Mozambique|mozambicain|Maputo|
NA AF|Namibie|namibien|Windhoek|
NE AF|Niger|nigérien|Niamey|Agadez
NG AF|Nigeria|nigérian|Abuja|Lagos/Kano
NI AM|Nicaragua|nicaraguayen|Managua|
NL EU|Pays-Bas/Hollande|néerlandais/hollandais/batave|Amsterdam|Rotterdam/La Haye/Utrecht/Eindhoven/Maastricht
NO EU|Norvège|norvégien|Oslo|Bergen/Trondheim/Svalbard
NP AS|Népal|népalais|Katmandou/Kathmandu|Everest
NR OC|Nauru|nauruan|Yaren|
NZ OC|Nouvelle-Zélande|néo-zélandais|Wellington|Auckland/Christchurch
OM AS|Oman|omanais|Mascate|
PA AM|Panama|panaméen||
PE AM|Pérou|péruvien|Lima|Cuzco/Machu Picchu
PG OC|Papouasie-Nouvelle-Guinée|papouasien/papou|Port Moresby|
PH AS|Philippines|philippin|Manille|Mindanao
PK AS|Pakistan|pakistanais|Islamabad|Karachi/Lahore/Peshawar/Rawalpindi
PL EU|Pologne|polonais|Varsovie|Cracovie/Gdansk/Wroclaw/Poznan/Lodz/Lublin/Katowice/Auschwitz/Silésie
PS AS|Palestine/Territoires palestiniens/Autorité palestinienne/Cisjordanie/Gaza/bande de Gaza|palestinien|Ramallah|Rafah/Hébron/Naplouse/Jénine/Bethléem/Khan Younès
PT EU|Portugal|portugais|Lisbonne|Porto/Coimbra/Faro/Braga/Açores/Madère/Algarve/Fatima
PW OC|Palaos|paluan/palaois|Ngerulmud|
PY AM|Paraguay|paraguayen|Asuncion|
QA AS|Qatar|qatari/qatarien|Doha|
RO EU|Roumanie|roumain|Bucarest|Cluj/Timisoara/Constanta/Transylvanie
RS EU|Serbie|serbe|Belgrade|Novi Sad
RU EU|Russie/Fédération de Russie/Union soviétique/URSS|russe/soviétique|Moscou|Saint-Pétersbourg/Kazan/Sotchi/Vladivostok/Ekaterinbourg/Novossibirsk/Kaliningrad/Belgorod/Koursk/Rostov/Volgograd/Astrakhan/Samara/Saratov/Omsk/Tomsk/Oulianovsk/Krasnoïarsk/Iakoutsk/Magadan/Grozny/Mourmansk/Irkoutsk/Tchétchénie/Sibérie/Daghestan/Ingouchie/Kamtchatka/Sakhaline
RW AF|Rwanda|rwandais|Kigali|
SA AS|Arabie saoudite|saoudien|Riyad|Djeddah/La Mecque/Médine
SB OC|Îles Salomon|salomonais/salomonien|Honiara|
SC AF|Seychelles|seychellois||
SD AF|Soudan|soudanais|Khartoum|Darfour/Port-Soudan
SE EU|Suède|suédois|Stockholm|Göteborg/Malmö/Uppsala
SG AS|Singapour|singapourien||
SI EU|Slovénie|slovène|Ljubljana|
SK EU|Slovaquie|slovaque|Bratislava|Kosice
SL AF|Sierra Leone|sierra-léonais|Freetown|
SM EU|Saint-Marin|saint-marinais||
SN AF|Sénégal|sénégalais|Dakar|Casamance/Thiès
SO AF|Somalie|somalien|Mogadiscio|Somaliland
SR AM|Suriname/Surinam|surinamais|Paramaribo|
SS AF|Soudan du Sud|sud-soudanais|Djouba/Juba|
ST AF|Sao Tomé-et-Principe|santoméen|Sao Tomé|
SV AM|Salvador/El Salvador|salvadorien|San Salvador|
SY AS|Syrie|syrien|Damas|Alep/Homs/Idlib/Raqqa/Palmyre/Lattaquié
SZ AF|Eswatini/Swaziland|swazi/swazie|Mbabane|
TD AF|Tchad|tchadien|N’Djamena|
TG AF|Togo|togolais|Lomé|
TH AS|Thaïlande|thaïlandais|Bangkok|Phuket/Chiang Mai
TJ AS|Tadjikistan|tadjik/tadjike|Douchanbé|
TL AS|Timor oriental|timorais/est-timorais|Dili|
TM AS|Turkménistan|turkmène|Achgabat|
TN AF|Tunisie|tunisien|Tunis|Sfax/Sousse/Djerba/Sidi Bouzid/Carthage
TO OC|Tonga|tongien/tonguien/tongan|Nuku’alofa|
TR AS|Turquie|turc|Ankara|Istanbul/Izmir/Antalya/Gaziantep/Diyarbakir/Bosphore/Anatolie
TT AM|Trinité-et-Tobago|trinidadien|Port-d’Espagne|
TV OC|Tuvalu|tuvaluan|Funafuti|
TW AS|Taïwan|taïwanais|Taipei|
TZ AF|Tanzanie|tanzanien|Dodoma|Dar es Salaam/Zanzibar
UA EU|Ukraine|ukrainien|Kiev/Kyiv|Kharkiv/Kharkov/Odessa/Odesa/Lviv/Marioupol/Kherson/Bakhmout/Zaporijjia/Dnipro/Donetsk/Louhansk/Mykolaïv/Boutcha/Irpin/Tchernobyl/Simferopol/Sébastopol/Avdiïvka/Crimée/Donbass
UG AF|Ouganda|ougandais|Kampala|
US AM|États-Unis/États-Unis d’Amérique/USA|américain/états-unien/étasunien|Washington|New York/Los Angeles/Chicago/Houston/Boston/San Francisco/Seattle/Miami/Atlanta/Philadelphie/Detroit/Anchorage/Louisville/Boise/Las Vegas/Dallas/Denver/Phoenix/San Diego/La Nouvelle-Orléans/Minneapolis/Pittsburgh/Indianapolis/Nashville/Hollywood/Manhattan/Brooklyn/Silicon Valley/Wall Street/Honolulu/Hawaï/Californie/Texas/Floride/Alaska/Alabama/Arizona/Géorgie/Pennsylvanie/Virginie/Ohio/Michigan/Nevada/Colorado/Utah/Oregon/Illinois/Massachusetts/Maryland/Louisiane/Caroline du Nord/Caroline du Sud/Minnesota/Wisconsin/Tennessee/Kentucky/Missouri/Kansas/Iowa/New Jersey/Connecticut/Montana/Nouveau-Mexique/Oklahoma/Arkansas/Mississippi/Nebraska/Idaho/Wyoming/Vermont/Maine/Delaware/Indiana/Dakota du Nord/Dakota du Sud/Virginie-Occidentale
UY AM|Uruguay|uruguayen|Montevideo|
UZ AS|Ouzbékistan|ouzbek/ouzbèke|Tachkent|Samarcande
VA EU|Vatican/Saint-Siège|||
VC AM|Saint-Vincent-et-les-Grenadines|vincentais|Kingstown|
VE AM|Venezuela|vénézuélien|Caracas|Maracaibo
VN AS|Viêt Nam/Vietnam|vietnamien|Hanoï|Hô Chi Minh-Ville/Ho Chi Minh/Saïgon
VU OC|Vanuatu|vanuatais/vanuatuan|Port-Vila|
WS OC|Samoa|samoan|Apia|
XK EU|Kosovo|kosovar|Pristina|Mitrovica
YE AS|Yémen|yéménite|Sanaa|Aden/Hodeïda
ZA AF|Afrique du Sud|sud-africain|Pretoria|Le Cap/Johannesburg/Durban/Soweto
ZM AF|Zambie|zambien|Lusaka|
ZW AF|Zimbabwe|zimbabwéen|Harare|Bulawayo
"""

# Peoples and regions that are no state: names, people, and whom a text may mean by them (codes or a continent).
REGIONS = """
EU|Europe/Vieux Continent|européen|zone euro
AF|Afrique|africain|
AS|Asie|asiatique|
AM|Amérique/Nouveau Monde/Nouveau Continent||
AM|Amérique du Nord|nord-américain|
AM|Amérique du Sud|sud-américain|
AM|Amérique latine|latino-américain|
AM|Amérique centrale||
OC|Océanie|océanien|
EE LV LT|Pays baltes/États baltes|balte|
NO SE DK FI IS|Scandinavie|scandinave|
BE NL LU|Benelux||
MA DZ TN LY MR|Maghreb|maghrébin|
ML NE BF TD MR SN SD|Sahel|sahélien|
AL BA BG GR HR ME MK RS SI XK|Balkans|balkanique|
AM AZ GE RU|Caucase|caucasien|
CU DO HT JM TT BB LC GD AG DM BS VC KN|Caraïbes|caribéen|
AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE|Moyen-Orient/Proche-Orient||
AE BH KW OM QA SA|Golfe||
DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN AE BH YE||arabe|
KR KP|Corée|coréen|
SE NO FI DK||nordique|
IQ TR SY IR|Kurdistan|kurde|
ES||catalan|
BE||flamand|
BE||wallon|
CA||québécois|
CN||tibétain|
DE||bavarois|
RU||tchétchène|
US||californien|
US||texan|
IT||sicilien|
"""

# First half of `américano-turc`; only before a hyphen.
COMPOUND = """
africano AF américano US anglo GB austro AT belgo BE cubano CU dano DK euro EU franco FR germano DE gréco GR helvético CH
hispano ES hungaro HU indo IN irako IQ irano IR israélo IL italo IT libano LB libyco LY luso PT maroco MA nippo JP
polono PL russo RU serbo RS sino CN soviéto RU suédo SE syro SY tchéco CZ tunisio TN turco TR ukraino UA algéro DZ
"""

# Seats of power: they act for their country. The words, one of which a source must have, say who acts from there.
SEATS = """
US|Maison-Blanche|président/présidence/administration/gouvernement/américain
US|Pentagone|défense
US|Capitole|congrès/sénat/élus/parlementaires
RU|Kremlin|président/poutine/présidence/russe
FR|Élysée|président/présidence/macron
FR|Matignon|premier/première/gouvernement
FR|Bercy|finances/économie/budget/fisc
FR|Palais du Luxembourg|sénat/sénateurs/sénateur
FR|Palais-Bourbon|assemblée/députés/député
FR|Quai d’Orsay|affaires/diplomatie
FR|Place Beauvau|intérieur
GB|Downing Street|premier/première/gouvernement
GB|Westminster|parlement/députés
DE|Bundestag|députés/parlement
DE|Chancellerie|chancelier/chancelière
IL|Knesset|parlement/députés
EU|Berlaymont|commission
"""

# People of cities and of French regions.
CITIZENS = """
Paris=parisien|Saint-Étienne=stéphanois|Metz=messin|Reims=rémois|Saint-Malo=malouin|Pau=palois|Londres=londonien|Moscou=moscovite
New York=yorkais|Madrid=madrilène|Naples=napolitain|Milan=milanais|Genève=genevois|Varsovie=varsovien|Besançon=bisontin
Bourges=berruyer|Châteauroux=castelroussin|Poitiers=poitevin|Rodez=ruthénois|Évreux=ébroïcien|Cahors=cadurcien|Angers=angevin
Le Mans=manceau|Rouen=rouennais|Tours=tourangeau|Le Havre=havrais|Fontainebleau=bellifontain|Nancy=nancéien
Béziers=biterrois|Le Caire=cairote|Manchester=mancunien|Turin=turinois|Pékin=pékinois|Athènes=athénien|Bruxelles=bruxellois
Lisbonne=lisboète|Montréal=montréalais|Vienne=viennois|Bordeaux=bordelais|Marseille=marseillais|Lyon=lyonnais|Lille=lillois
Nantes=nantais|Toulouse=toulousain|Rennes=rennais|Strasbourg=strasbourgeois|Nice=niçois|Grenoble=grenoblois|Monaco=monégasque
Berlin=berlinois|Barcelone=barcelonais|Dakar=dakarois|Alger=algérois|Tunis=tunisois|Venise=vénitien|Florence=florentin
Bretagne=breton|Normandie=normand|Alsace=alsacien|Lorraine=lorrain|Picardie=picard|Provence=provençal|Corse=corse|Auvergne=auvergnat
Bourgogne=bourguignon|Champagne=champenois|Île-de-France=francilien|Occitanie=occitan|Savoie=savoyard|Vendée=vendéen|Béarn=béarnais
Pays basque=basque|Gironde=girondin|Landes=landais|Gers=gersois|Isère=isérois|Drôme=drômois|Ardèche=ardéchois|Charente=charentais
Aveyron=aveyronnais|Lozère=lozérien|Ariège=ariégeois|Aude=audois|Hérault=héraultais|Gard=gardois|Var=varois|Vaucluse=vauclusien
Jura=jurassien|Vosges=vosgien|Moselle=mosellan|Meuse=meusien|Marne=marnais|Ardennes=ardennais|Aube=aubois|Yonne=icaunais
Creuse=creusois|Corrèze=corrézien|Dordogne=périgourdin|Lot=lotois|Tarn=tarnais|Loiret=loirétain|Sarthe=sarthois|Mayenne=mayennais
Finistère=finistérien|Morbihan=morbihannais|Côtes-d’Armor=costarmoricain|La Réunion=réunionnais|Martinique=martiniquais
Guadeloupe=guadeloupéen|Guyane=guyanais|Mayotte=mahorais|Nouvelle-Calédonie=calédonien|Polynésie française=polynésien
"""
