"""Countries, their people and their cities in English.

Names, and the cities that are time zone cities, are those of Unicode CLDR (English), with the French name after `=`
where CLDR has another one; people are the adjectives of CLDR's currency names (`Norwegian krone`), then the other
words for people and countries in use. tests/text/english/test_places.py holds the table against CLDR.

One line a country: code, names, people, other names and people, cities.
"""

TABLE = """
AD|Andorra|Andorran||Andorra=Andorre
AE|United Arab Emirates||Emirati/UAE|Dubai
AF|Afghanistan|Afghan||Kabul=Kaboul
AG|Antigua & Barbuda/Antigua and Barbuda||Antiguan|Antigua
AL|Albania|Albanian||Tirane=Tirana
AM|Armenia|Armenian||Yerevan=Erevan
AO|Angola|Angolan||Luanda
AR|Argentina|Argentine|Argentinian/Argentinean|Buenos Aires/Catamarca/Cordoba/Jujuy/La Rioja/Mendoza/Rio Gallegos/Salta/San Juan/San Luis/Tucuman/Ushuaia
AT|Austria|Austrian||Vienna=Vienne
AU|Australia|Australian||Macquarie Island/Adelaide/Brisbane/Broken Hill/Darwin/Eucla/Hobart/Lindeman/Lord Howe Island/Melbourne/Perth/Sydney
AZ|Azerbaijan|Azerbaijani|Azeri|Baku=Bakou
BA|Bosnia & Herzegovina/Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnian|Sarajevo
BB|Barbados|Barbadian||Barbados=La Barbade
BD|Bangladesh|Bangladeshi||Dhaka
BE|Belgium|Belgian||Brussels=Bruxelles
BF|Burkina Faso||Burkinabe|Ouagadougou
BG|Bulgaria|Bulgarian||Sofia
BH|Bahrain|Bahraini||Bahrain=Bahreïn
BI|Burundi|Burundian||Bujumbura
BJ|Benin||Beninese|Porto-Novo
BN|Brunei|||Brunei
BO|Bolivia|Bolivian||La Paz
BR|Brazil|Brazilian||Araguaina/Bahia/Belem/Boa Vista/Campo Grande/Cuiaba/Eirunepe/Fortaleza/Maceio/Manaus=Manaos/Fernando de Noronha/Porto Velho/Recife/Rio Branco/Santarem/Sao Paulo
BS|Bahamas|Bahamian||Nassau
BT|Bhutan|Bhutanese||Thimphu
BW|Botswana|Botswanan||Gaborone
BY|Belarus|Belarusian||Minsk
BZ|Belize|||Belize
CA|Canada|Canadian||Atikokan/Blanc-Sablon/Cambridge Bay/Creston/Dawson/Dawson Creek/Edmonton/Fort Nelson/Glace Bay/Goose Bay/Halifax/Inuvik/Iqaluit/Moncton/Rankin Inlet/Regina/Resolute/St. John’s=Saint-Jean de Terre-Neuve/Swift Current/Toronto/Vancouver/Whitehorse/Winnipeg
CD|Congo-Kinshasa|Congolese|Congo/DR Congo/Democratic Republic of Congo/Democratic Republic of the Congo/DRC|Kinshasa/Lubumbashi
CF|Central African Republic||Central African|Bangui
CG|Congo-Brazzaville|||Brazzaville
CH|Switzerland|Swiss||Zurich
CI|Côte d’Ivoire||Ivorian/Ivory Coast|Abidjan
CL|Chile|Chilean||Punta Arenas/Santiago/Easter Island=Île de Pâques
CM|Cameroon||Cameroonian|Douala
CN|China|Chinese||Shanghai/Urumqi
CO|Colombia|Colombian||Bogota
CR|Costa Rica|Costa Rican||Costa Rica
CU|Cuba|Cuban||Havana=La Havane
CV|Cape Verde|Cape Verdean|Cabo Verde|Cape Verde=Cap-Vert
CY|Cyprus|Cypriot||Famagusta=Famagouste/Nicosia=Nicosie
CZ|Czechia|Czech|Czech Republic|Prague
DE|Germany|German||Berlin/Busingen
DJ|Djibouti|Djiboutian||Djibouti
DK|Denmark|Danish|Dane|Copenhagen=Copenhague
DM|Dominica|||Dominica=Dominique
DO|Dominican Republic|Dominican||Santo Domingo=Saint-Domingue
DZ|Algeria|Algerian||Algiers=Alger
EC|Ecuador|Ecuadorian||Guayaquil/Galapagos
EE|Estonia|Estonian||Tallinn
EG|Egypt|Egyptian||Cairo=Le Caire
ER|Eritrea|Eritrean||Asmara
ES|Spain|Spanish|Spaniard|Ceuta/Canary=Îles Canaries/Madrid
ET|Ethiopia|Ethiopian||Addis Ababa=Addis-Abeba
FI|Finland|Finnish|Finn|Helsinki
FJ|Fiji|Fijian||Fiji=Fidji
FM|Micronesia||Micronesian|Chuuk/Kosrae/Pohnpei
FR|France|French|Frenchman/Frenchmen/Frenchwoman|Paris
GA|Gabon||Gabonese|Libreville
GB|United Kingdom|British|UK/U.K./Great Britain/Britain/England/Scotland/Wales/Northern Ireland/English/Scottish/Welsh/Briton/Scot/Northern Irish|London=Londres
GD|Grenada||Grenadian|Grenada=Grenade
GE|Georgia|Georgian||Tbilisi=Tbilissi
GH|Ghana|Ghanaian||Accra
GM|Gambia|Gambian||Banjul
GN|Guinea|Guinean||Conakry
GQ|Equatorial Guinea|Equatorial Guinean||Malabo
GR|Greece|Greek|Hellenic|Athens=Athènes
GT|Guatemala|Guatemalan||Guatemala
GW|Guinea-Bissau|||Bissau
GY|Guyana|Guyanaese|Guyanese|Guyana
HK|Hong Kong||Hongkonger|Hong Kong
HN|Honduras|Honduran||Tegucigalpa
HR|Croatia|Croatian|Croat|Zagreb
HT|Haiti|Haitian||Port-au-Prince
HU|Hungary|Hungarian||Budapest
ID|Indonesia|Indonesian||Jakarta/Jayapura/Makassar=Macassar/Pontianak
IE|Ireland|Irish|Irishman/Irishmen|Dublin
IL|Israel|Israeli||Jerusalem
IN|India|Indian||Kolkata
IQ|Iraq|Iraqi||Baghdad=Bagdad
IR|Iran|Iranian||Tehran=Téhéran
IS|Iceland|Icelandic|Icelander|Reykjavik
IT|Italy|Italian||Rome
JM|Jamaica|Jamaican||Jamaica=Jamaïque
JO|Jordan|Jordanian||Amman
JP|Japan|Japanese||Tokyo
KE|Kenya|Kenyan||Nairobi
KG|Kyrgyzstan|Kyrgystani|Kyrgyz|Bishkek=Bichkek
KH|Cambodia|Cambodian||Phnom Penh
KI|Kiribati|||Kanton=Canton/Kiritimati/Tarawa
KM|Comoros|Comorian||Comoro=Comores
KN|St. Kitts & Nevis/Saint Kitts & Nevis/St. Kitts and Nevis/Saint Kitts and Nevis|||St. Kitts=Saint-Christophe
KP|North Korea|North Korean||Pyongyang
KR|South Korea|South Korean||Seoul
KW|Kuwait|Kuwaiti||Kuwait=Koweït
KZ|Kazakhstan|Kazakhstani|Kazakh|Almaty=Alma Ata/Aqtau=Aktaou/Aqtobe=Aktioubinsk/Atyrau=Atyraou/Oral=Ouralsk/Kostanay=Kostanaï/Qyzylorda=Kzyl Orda
LA|Laos|Laotian|Lao|Vientiane
LB|Lebanon|Lebanese||Beirut=Beyrouth
LC|St. Lucia/Saint Lucia|||St. Lucia=Sainte-Lucie
LI|Liechtenstein|||Vaduz
LK|Sri Lanka|Sri Lankan||Colombo
LR|Liberia|Liberian||Monrovia
LS|Lesotho|||Maseru
LT|Lithuania|Lithuanian||Vilnius
LU|Luxembourg|Luxembourgian|Luxembourgish/Luxembourger|Luxembourg
LV|Latvia|Latvian||Riga
LY|Libya|Libyan||Tripoli
MA|Morocco|Moroccan||Casablanca
MC|Monaco|Monegasque||Monaco
MD|Moldova|Moldovan||Chisinau
ME|Montenegro||Montenegrin|Podgorica
MG|Madagascar|Malagasy||Antananarivo
MH|Marshall Islands|||Kwajalein/Majuro
MK|North Macedonia|Macedonian|Macedonia|Skopje
ML|Mali|Malian||Bamako
MM|Myanmar/Burma||Burmese|Yangon
MN|Mongolia|Mongolian||Hovd/Ulaanbaatar=Oulan-Bator
MR|Mauritania|Mauritanian||Nouakchott
MT|Malta|Maltese||Malta=Malte
MU|Mauritius|Mauritian||Mauritius=Maurice
MV|Maldives|Maldivian||Maldives
MW|Malawi|Malawian||Blantyre
MX|Mexico|Mexican||Bahía de Banderas/Cancún/Chihuahua/Ciudad Juárez/Hermosillo/Matamoros/Mazatlan/Mérida/Mexico City=Mexico/Monterrey/Ojinaga/Tijuana
MY|Malaysia|Malaysian||Kuala Lumpur/Kuching
MZ|Mozambique|Mozambican||Maputo
NA|Namibia|Namibian||Windhoek
NE|Niger||Nigerien|Niamey
NG|Nigeria|Nigerian||Lagos
NI|Nicaragua|Nicaraguan||Managua
NL|Netherlands|Dutch|Holland/Dutchman/Dutchmen/The Netherlands|Amsterdam
NO|Norway|Norwegian||Oslo
NP|Nepal|Nepalese|Nepali|Kathmandu
NR|Nauru|||Nauru
NZ|New Zealand||New Zealander|Auckland/Chatham
OM|Oman|Omani||Muscat=Mascate
PA|Panama|Panamanian||Panama
PE|Peru|Peruvian||Lima
PG|Papua New Guinea|Papua New Guinean||Bougainville/Port Moresby
PH|Philippines|Philippine|Filipino/Filipina|Manila=Manille
PK|Pakistan|Pakistani||Karachi
PL|Poland|Polish|Pole|Warsaw=Varsovie
PS|Palestinian Territories||Palestinian/Palestine|Gaza/Hebron
PT|Portugal|Portuguese||Azores=Açores/Madeira=Madère/Lisbon=Lisbonne
PW|Palau|||Palau=Palaos
PY|Paraguay|Paraguayan||Asunción
QA|Qatar|Qatari||Qatar
RO|Romania|Romanian||Bucharest=Bucarest
RS|Serbia|Serbian|Serb|Belgrade
RU|Russia|Russian||Anadyr/Barnaul/Chita=Tchita/Irkutsk=Irkoutsk/Kamchatka=Kamtchatka/Khandyga/Krasnoyarsk=Krasnoïarsk/Magadan/Novokuznetsk/Novosibirsk=Novossibirsk/Omsk/Sakhalin=Sakhaline/Srednekolymsk/Tomsk/Ust-Nera/Vladivostok/Yakutsk=Iakoutsk/Yekaterinburg=Ekaterinbourg/Astrakhan/Kaliningrad/Kirov/Moscow=Moscou/Samara/Saratov/Ulyanovsk=Oulianovsk/Volgograd
RW|Rwanda|Rwandan||Kigali
SA|Saudi Arabia|Saudi|Saudi Arabian|Riyadh=Riyad
SB|Solomon Islands|||Guadalcanal
SC|Seychelles|Seychellois||Mahe
SD|Sudan|Sudanese||Khartoum
SE|Sweden|Swedish|Swede|Stockholm
SG|Singapore||Singaporean|Singapore=Singapour
SI|Slovenia|Slovenian|Slovene|Ljubljana
SK|Slovakia|Slovak||Bratislava
SL|Sierra Leone|Sierra Leonean||Freetown
SM|San Marino||Sammarinese|San Marino=Saint-Marin
SN|Senegal||Senegalese|Dakar
SO|Somalia|Somali||Mogadishu=Mogadiscio
SR|Suriname|Surinamese||Paramaribo
SS|South Sudan|South Sudanese||Juba
ST|São Tomé & Príncipe/São Tomé and Príncipe|||São Tomé
SV|El Salvador|Salvadoran|Salvadorian|El Salvador
SY|Syria|Syrian||Damascus=Damas
SZ|Eswatini|Swazi||Mbabane
TD|Chad||Chadian|Ndjamena=N’Djamena
TG|Togo||Togolese|Lome
TH|Thailand|Thai||Bangkok
TJ|Tajikistan|Tajikistani|Tajik|Dushanbe=Douchanbé
TL|Timor-Leste||East Timor/Timorese|Dili
TM|Turkmenistan|Turkmenistani|Turkmen|Ashgabat=Achgabat
TN|Tunisia|Tunisian||Tunis
TO|Tonga|Tongan||Tongatapu
TR|Türkiye|Turkish|Turkey/Turk|Istanbul
TT|Trinidad & Tobago/Trinidad and Tobago||Trinidadian|Port of Spain=Port-d’Espagne
TV|Tuvalu|||Funafuti
TW|Taiwan||Taiwanese|Taipei
TZ|Tanzania|Tanzanian||Dar es Salaam
UA|Ukraine|Ukrainian||Kyiv/Simferopol
UG|Uganda|Ugandan||Kampala
US|United States|US|USA/U.S./U.S.A./America/American/United States of America|Adak/Anchorage/Boise/Chicago/Denver/Detroit/Indianapolis/Juneau/Louisville/Los Angeles/Menominee/Metlakatla/New York/Nome/Phoenix/Sitka/Yakutat/Honolulu
UY|Uruguay|Uruguayan||Montevideo
UZ|Uzbekistan|Uzbekistani|Uzbek|Samarkand=Samarcande/Tashkent=Tachkent
VA|Vatican City||Vatican|Vatican=Le Vatican
VC|St. Vincent & Grenadines/Saint Vincent & Grenadines/St. Vincent and Grenadines/Saint Vincent and Grenadines|||St. Vincent=Saint-Vincent
VE|Venezuela|Venezuelan||Caracas
VN|Vietnam|Vietnamese||Ho Chi Minh
VU|Vanuatu|||Efate
WS|Samoa|Samoan||Apia
XK|Kosovo||Kosovar/Kosovan|
YE|Yemen|Yemeni||Aden
ZA|South Africa|South African||Johannesburg
ZM|Zambia|Zambian||Lusaka
ZW|Zimbabwe|Zimbabwean||Harare
"""

# Codes as in pipeline/text/countries.py, `REGIONS`; names and people.
REGIONS = """
EU|Europe/European/eurozone/euro zone/euro area/EU
AF|Africa/African
AS|Asia/Asian
AM|Americas/North America/South America/Latin America/Central America/North American/South American/Latin American
OC|Oceania
EE LV LT|Baltic states/Baltics/Baltic
NO SE DK FI IS|Scandinavia/Scandinavian
BE NL LU|Benelux
MA DZ TN LY MR|Maghreb/North Africa/North African
ML NE BF TD MR SN SD|Sahel
AL BA BG GR HR ME MK RS SI XK|Balkans/Balkan
AM AZ GE RU|Caucasus/Caucasian
CU DO HT JM TT BB LC GD AG DM BS VC KN|Caribbean
AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE|Middle East/Middle Eastern/Near East
AE BH KW OM QA SA|Gulf/Persian Gulf
DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN AE BH YE|Arab/Arabic
KR KP|Korea/Korean
SE NO FI DK|Nordic
IQ TR SY IR|Kurdistan/Kurdish/Kurd
ES|Catalan
BE|Flemish/Walloon
CA|Quebecer
CN|Tibetan
DE|Bavarian
RU|Chechen
US|Californian/Texan/White House/Pentagon/Capitol Hill/Congress
IT|Sicilian
RU|Kremlin
FR|Élysée/Elysee/Corsican/Breton
GB|Downing Street/Whitehall/Westminster
"""

# Cities that are no time zone city, and regions, with their French names; not from CLDR.
CITIES = """
ES Catalonia=Catalogne/Andalusia=Andalousie|BE Flanders=Flandre/Wallonia=Wallonie|CA Quebec=Québec/British Columbia=Colombie-Britannique
CN Tibet=Tibet|DE Bavaria=Bavière/Saxony=Saxe/Rhineland=Rhénanie|RU Chechnya=Tchétchénie/Siberia=Sibérie|UA Crimea=Crimée/Donbas=Donbass
US California=Californie/Texas=Texas/Florida=Floride/Pennsylvania=Pennsylvanie/Virginia=Virginie|IT Sicily=Sicile/Tuscany=Toscane
IT Lombardy=Lombardie/Sardinia=Sardaigne|FR Brittany=Bretagne/Normandy=Normandie/Burgundy=Bourgogne/Corsica=Corse
GB England=Angleterre/Scotland=Écosse/Wales=Pays de Galles/Northern Ireland=Irlande du Nord|NL Zeeland=Zélande
CH Geneva=Genève/Basel=Bâle/Bern=Berne|DE Hamburg=Hambourg/Cologne=Cologne/Frankfurt=Francfort/Dresden=Dresde/Hanover=Hanovre
CH Lucerne=Lucerne|IT Milan=Milan/Naples=Naples/Turin=Turin/Venice=Venise/Florence=Florence/Genoa=Gênes/Padua=Padoue/Bologna=Bologne
BE Antwerp=Anvers/Ghent=Gand/Bruges=Bruges/Ostend=Ostende/Liege=Liège|NL The Hague=La Haye|ES Seville=Séville/Barcelona=Barcelone
ES Saragossa=Saragosse/Zaragoza=Saragosse/Valencia=Valence/Cordoba=Cordoue/Granada=Grenade|PT Lisbon=Lisbonne|PL Krakow=Cracovie
PL Gdansk=Gdansk/Wroclaw=Wroclaw|CN Beijing=Pékin/Nanjing=Nankin/Guangzhou=Canton|RU St. Petersburg=Saint-Pétersbourg
RU Saint Petersburg=Saint-Pétersbourg/Volgograd=Volgograd|UA Odesa=Odessa/Odessa=Odessa/Kharkiv=Kharkiv/Lviv=Lviv/Kyiv=Kiev
GB Edinburgh=Édimbourg/Dover=Douvres/Cardiff=Cardiff|US New Orleans=La Nouvelle-Orléans/Philadelphia=Philadelphie
US San Francisco=San Francisco/Washington=Washington|FR Lyons=Lyon/Marseilles=Marseille/Dunkirk=Dunkerque/Rheims=Reims
EG Alexandria=Alexandrie|IL Jerusalem=Jérusalem/Haifa=Haïfa|PS Ramallah=Ramallah|SA Mecca=La Mecque/Medina=Médine/Jeddah=Djeddah
SY Aleppo=Alep/Homs=Homs|LY Benghazi=Benghazi|IQ Mosul=Mossoul/Basra=Bassorah|IN New Delhi=New Delhi/Mumbai=Bombay/Delhi=Delhi
CY Limassol=Limassol|GR Thessaloniki=Thessalonique/Piraeus=Le Pirée|DK Aarhus=Aarhus|SE Gothenburg=Göteborg|AT Salzburg=Salzbourg
CA Montreal=Montréal|BR Brasilia=Brasilia/Rio de Janeiro=Rio de Janeiro|CO Cartagena=Carthagène|DZ Algiers=Alger|MA Tangier=Tanger
MA Marrakesh=Marrakech/Fez=Fès|RO Bucharest=Bucarest|HR Dubrovnik=Dubrovnik|VN Ho Chi Minh City=Hô-Chi-Minh-Ville|AF Kandahar=Kandahar
FR Ushant=Ouessant/Basque Country=Pays basque/Savoy=Savoie
GB Cornwall=Cornouailles/Scilly Isles=Sorlingues/Isles of Scilly=Sorlingues/Orkney=Orcades/Hebrides=Hébrides/Guernsey=Guernesey/Isle of Wight=île de Wight
ES Balearic Islands=Baléares/Canary Islands=Canaries/Majorca=Majorque/Mallorca=Majorque/Minorca=Minorque/Galicia=Galice/Castile=Castille
GR Crete=Crète/Corfu=Corfou/Peloponnese=Péloponnèse/Thessaly=Thessalie
IT Piedmont=Piémont/Liguria=Ligurie/Umbria=Ombrie/Apulia=Pouilles/Puglia=Pouilles/Calabria=Calabre/Campania=Campanie/Veneto=Vénétie/South Tyrol=Haut-Adige/Elba=île d’Elbe
DE Thuringia=Thuringe/Lower Saxony=Basse-Saxe/Brandenburg=Brandebourg/Hesse=Hesse/North Rhine-Westphalia=Rhénanie-du-Nord-Westphalie
AT Carinthia=Carinthie/Styria=Styrie/Tyrol=Tyrol|NL Friesland=Frise/Frisia=Frise
DK Faroe Islands=Féroé/Greenland=Groenland/Jutland=Jutland|SE Scania=Scanie/Lapland=Laponie|CZ Bohemia=Bohême/Moravia=Moravie
PL Silesia=Silésie|RO Transylvania=Transylvanie|IN Kashmir=Cachemire/Bengal=Bengale/Punjab=Pendjab|ID Borneo=Bornéo
AU Tasmania=Tasmanie/New South Wales=Nouvelle-Galles du Sud
US Louisiana=Louisiane/North Carolina=Caroline du Nord/South Carolina=Caroline du Sud/North Dakota=Dakota du Nord/South Dakota=Dakota du Sud/New Mexico=Nouveau-Mexique/Hawaii=Hawaï/Puerto Rico=Porto Rico/West Virginia=Virginie-Occidentale/Alaska=Alaska
CA Newfoundland=Terre-Neuve/Nova Scotia=Nouvelle-Écosse/New Brunswick=Nouveau-Brunswick|TR Anatolia=Anatolie
"""

# Names that both languages have for bodies of the world, and nouns that both have as acronyms.
BODIES = """
NATO=Otan|North Atlantic Treaty Organization=Otan|EU=UE/Union européenne|European Union=UE/Union européenne
UN=ONU/Nations unies|U.N.=ONU/Nations unies|United Nations=ONU/Nations unies|IMF=FMI/Fonds monétaire international
International Monetary Fund=FMI/Fonds monétaire international|WHO=OMS/Organisation mondiale de la santé
World Health Organization=OMS/Organisation mondiale de la santé|WTO=OMC/Organisation mondiale du commerce
World Trade Organization=OMC/Organisation mondiale du commerce|ECB=BCE/Banque centrale européenne
European Central Bank=BCE/Banque centrale européenne|World Bank=Banque mondiale|IAEA=AIEA|ICC=CPI/Cour pénale internationale
International Criminal Court=CPI/Cour pénale internationale|ICJ=CIJ|OECD=OCDE|UNHCR=HCR|ILO=OIT|ICRC=CICR
Red Cross=Croix-Rouge|IPCC=Giec|IEA=AIE|OPEC=Opep|AU=UA/Union africaine|African Union=UA/Union africaine
European Commission=Commission européenne/Commission|European Parliament=Parlement européen|European Council=Conseil européen
Security Council=Conseil de sécurité|White House=Maison-Blanche|Supreme Court=Cour suprême|House of Commons=Chambre des communes
House of Representatives=Chambre des représentants|House of Lords=Chambre des lords|Labour Party=Parti travailliste/travaillistes
Conservative Party=Parti conservateur|Republican Party=Parti républicain|Democratic Party=Parti démocrate
World Cup=Coupe du monde/Mondial|Olympic Games=Jeux olympiques/JO|Olympics=Jeux olympiques/JO|European Championship=Euro
Champions League=Ligue des champions|Premier League=Premier League|Christmas=Noël|Easter=Pâques|Church of England=Église d’Angleterre
World War II=Seconde Guerre mondiale|World War I=Première Guerre mondiale|Second World War=Seconde Guerre mondiale
First World War=Première Guerre mondiale|Cold War=Guerre froide|Federal Reserve=Réserve fédérale/Fed|GDP=PIB|AI=IA|AIDS=sida|DNA=ADN
National Assembly=Assemblée nationale|Senate=Sénat|Parliament=Parlement|North Sea=mer du Nord|Black Sea=mer Noire
Mediterranean=Méditerranée|Baltic Sea=mer Baltique|English Channel=Manche|Atlantic=Atlantique|Pacific=Pacifique|Alps=Alpes|Rhine=Rhin
Danube=Danube|Thames=Tamise|Pope Francis=François|Pope Leo=Léon|Putin=Poutine|COVID=Covid|Interpol=Interpol|Amnesty International=Amnesty
Rocky Mountains=Rocheuses|Ivy League=Ivy League|Nobel Prize=prix Nobel|Bank of England=Banque d’Angleterre
stroke=AVC|strokes=AVC|VAT=TVA|CEO=PDG|chief executive=PDG/DG|NGO=ONG|NGOs=ONG|HIV=VIH
European Medicines Agency=Agence européenne des médicaments/EMA|Food and Drug Administration=FDA|European Space Agency=Agence spatiale européenne
University Hospital=CHU/Centre hospitalier universitaire/CHRU|university hospital=CHU/Centre hospitalier universitaire/CHRU|Teaching Hospital=CHU
Court of Justice of the European Union=Cour de justice de l’Union européenne/CJUE|European Court of Justice=Cour de justice de l’Union européenne/CJUE
European Court of Human Rights=Cour européenne des droits de l’homme/CEDH|Council of Europe=Conseil de l’Europe
European Investment Bank=Banque européenne d’investissement/BEI|World Food Programme=Programme alimentaire mondial/PAM
World Food Program=Programme alimentaire mondial/PAM|World Meteorological Organization=Organisation météorologique mondiale/OMM
International Energy Agency=Agence internationale de l’énergie/AIE|International Atomic Energy Agency=Agence internationale de l’énergie atomique/AIEA
International Court of Justice=Cour internationale de justice/CIJ|International Labour Organization=Organisation internationale du travail/OIT
International Olympic Committee=Comité international olympique/CIO|IOC=CIO|Doctors Without Borders=Médecins sans frontières/MSF
Reporters Without Borders=Reporters sans frontières/RSF|Red Crescent=Croissant-Rouge|Arab League=Ligue arabe|Constitutional Court=Cour constitutionnelle
High Court=Haute Cour|Court of Appeal=Cour d’appel|Congress=Congrès|Capitol=Capitole|State Department=Département d’État|Pentagon=Pentagone
Justice Department=Département de la Justice|Department of Justice=Département de la Justice|Treasury=Trésor|Stock Exchange=Bourse
Green Party=Verts/Parti vert|Greens=Verts|Liberal Democrats=Libéraux-démocrates|Social Democrats=Sociaux-démocrates|Conservatives=Conservateurs
Labour=Travaillistes/Parti travailliste|Democrats=Démocrates/Parti démocrate|Republicans=Républicains/Parti républicain|Coast Guard=Garde-côtes
Royal Navy=Marine royale|Navy=Marine|Holy See=Saint-Siège|Middle Ages=Moyen Âge|medieval=Moyen Âge|Medieval=Moyen Âge|Antiquity=Antiquité
Bronze Age=Âge du bronze|Iron Age=Âge du fer|Stone Age=Âge de pierre|Industrial Revolution=Révolution industrielle|French Revolution=Révolution française
Enlightenment=Lumières|Great Depression=Grande Dépression|Civil War=Guerre de Sécession/Guerre civile|Irish Sea=mer d’Irlande|Red Sea=mer Rouge
Dead Sea=mer Morte|Caspian Sea=mer Caspienne|Celtic Sea=mer Celtique|Adriatic=Adriatique|Aegean=Égée|Bay of Biscay=golfe de Gascogne
Persian Gulf=golfe Persique|Gulf of Mexico=golfe du Mexique|Indian Ocean=océan Indien|Arctic=Arctique|Antarctica=Antarctique|Antarctic=Antarctique
Pyrenees=Pyrénées|Himalayas=Himalaya|Carpathians=Carpates|Rhone=Rhône|Nile=Nil|Scheldt=Escaut|Tagus=Tage|Loire=Loire|Lake Geneva=Léman/lac Léman
Lake Constance=lac de Constance|Channel Tunnel=tunnel sous la Manche|Channel Islands=Îles Anglo-Normandes|Channel=Manche|New Year=Nouvel An
All Saints=Toussaint|Pentecost=Pentecôte|Reserve Bank=Banque centrale|Home Office=ministère de l’Intérieur|Foreign Office=ministère des Affaires étrangères
"""
