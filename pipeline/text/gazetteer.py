"""Names of places that a text may use without introducing them.

Countries are the territory names of Unicode CLDR (French), with the other names in use; capitals, the
regions and large cities of France, and cities often named in the French press were added by hand. The list
only tells kinds apart; a place that is missing here is still a name.
"""

COUNTRIES = (
    "Afghanistan|Afrique du Sud|Albanie|Algérie|Allemagne|Andorre|Angola|Anguilla|Antarctique|"
    "Antigua-et-Barbuda|Arabie saoudite|Argentine|Arménie|Aruba|Australie|Autriche|Azerbaïdjan|"
    "Bahamas|Bahreïn|Bangladesh|Barbade|Belgique|Belize|Bermudes|Bhoutan|Biélorussie|Bolivie|"
    "Bosnie-Herzégovine|Botswana|Brunei|Brésil|Bulgarie|Burkina Faso|Burundi|Bénin|Cambodge|"
    "Cameroun|Canada|Cap-Vert|Chili|Chine|Chypre|Colombie|Comores|Congo-Brazzaville|Congo-"
    "Kinshasa|Corée du Nord|Corée du Sud|Costa Rica|Croatie|Cuba|Curaçao|Côte d’Ivoire|Danemark|"
    "Djibouti|Dominique|Espagne|Estonie|Eswatini|Fidji|Finlande|France|Gabon|Gambie|Ghana|"
    "Gibraltar|Grenade|Groenland|Grèce|Guadeloupe|Guam|Guatemala|Guernesey|Guinée|Guinée "
    "équatoriale|Guinée-Bissau|Guyana|Guyane française|Géorgie|Haïti|Honduras|Hongrie|Inde|"
    "Indonésie|Irak|Iran|Irlande|Islande|Israël|Italie|Jamaïque|Japon|Jersey|Jordanie|"
    "Kazakhstan|Kenya|Kirghizstan|Kiribati|Kosovo|Koweït|La Réunion|Laos|Lesotho|Lettonie|"
    "Liban|Liberia|Libye|Liechtenstein|Lituanie|Luxembourg|Macédoine du Nord|Madagascar|Malaisie|"
    "Malawi|Maldives|Mali|Malte|Maroc|Martinique|Maurice|Mauritanie|Mayotte|Mexique|Micronésie|"
    "Moldavie|Monaco|Mongolie|Montserrat|Monténégro|Mozambique|Namibie|Nauru|Nicaragua|Niger|"
    "Nigeria|Norvège|Nouvelle-Calédonie|Nouvelle-Zélande|Népal|Oman|Ouganda|Ouzbékistan|Pakistan|"
    "Palaos|Panama|Papouasie-Nouvelle-Guinée|Paraguay|Pays-Bas|Philippines|Pologne|Polynésie "
    "française|Porto Rico|Portugal|Pérou|Qatar|Roumanie|Royaume-Uni|Russie|Rwanda|République "
    "centrafricaine|République dominicaine|Sahara occidental|Saint-Barthélemy|Saint-Christophe-et-"
    "Niévès|Saint-Marin|Saint-Pierre-et-Miquelon|Saint-Vincent-et-les Grenadines|Sainte-Hélène|"
    "Sainte-Lucie|Salvador|Samoa|Samoa américaines|Sao Tomé-et-Principe|Serbie|Seychelles|Sierra "
    "Leone|Singapour|Slovaquie|Slovénie|Somalie|Soudan|Soudan du Sud|Sri Lanka|Suisse|Suriname|"
    "Suède|Syrie|Sénégal|Tadjikistan|Tanzanie|Taïwan|Tchad|Tchéquie|Territoire britannique de "
    "l’océan Indien|Territoires palestiniens|Thaïlande|Timor oriental|Togo|Tonga|Trinité-et-Tobago|"
    "Tunisie|Turkménistan|Turquie|Tuvalu|Ukraine|Uruguay|Vanuatu|Venezuela|Viêt Nam|Wallis-et-"
    "Futuna|Yémen|Zambie|Zimbabwe|Égypte|Émirats arabes unis|Équateur|Érythrée|États-Unis|"
    "Éthiopie|Île de Man|Îles Caïmans|Îles Cook|Îles Féroé|Îles Malouines|Îles Marshall|Îles "
    "Salomon|Birmanie|Biélorussie|Bélarus|Grande-Bretagne|Angleterre|Écosse|Pays de Galles|"
    "Irlande du Nord|Hollande|République tchèque|Viêt Nam|Vietnam|Palestine|Cisjordanie|Gaza|"
    "bande de Gaza|République démocratique du Congo|Congo|RDC|Taiwan|Hong Kong|Hongkong|Vatican|"
    "Birmanie|Émirats|USA|Crimée|Donbass|Tchétchénie|Kurdistan|Tibet|Californie|Texas|Floride|"
    "Alaska|Alabama|Arizona|Géorgie|Pennsylvanie|Virginie|Ohio|Michigan|Québec|Ontario|"
    "Catalogne|Andalousie|Bavière|Saxe|Flandre|Wallonie|Sicile|Sardaigne|Toscane|Lombardie|"
    "Europe|Afrique|Asie|Amérique|Océanie|Arctique|Antarctique|Occident|Moyen-Orient|Proche-"
    "Orient|Extrême-Orient|Maghreb|Sahel|Balkans|Caucase|Caraïbes|Antilles|Scandinavie|Amérique "
    "latine|Amérique du Nord|Amérique du Sud|Europe de l’Est|Union soviétique|URSS|Méditerranée|"
    "Atlantique|Pacifique|Baltique|Manche|Alpes|Pyrénées|Himalaya"
).split("|")

CITIES = (
    "Paris|Marseille|Lyon|Toulouse|Nice|Nantes|Montpellier|Strasbourg|Bordeaux|Lille|Rennes|"
    "Reims|Toulon|Saint-Étienne|Le Havre|Grenoble|Dijon|Angers|Nîmes|Villeurbanne|Clermont-"
    "Ferrand|Le Mans|Aix-en-Provence|Brest|Tours|Amiens|Limoges|Annecy|Perpignan|Metz|Besançon|"
    "Orléans|Rouen|Mulhouse|Caen|Nancy|Saint-Denis|Argenteuil|Montreuil|Roubaix|Tourcoing|"
    "Dunkerque|Avignon|Poitiers|Pau|La Rochelle|Calais|Cannes|Antibes|Colmar|Bourges|Quimper|"
    "Lorient|Vannes|Saint-Malo|Saint-Nazaire|Saint-Brieuc|Troyes|Chambéry|Bayonne|Biarritz|Lens|"
    "Valence|Versailles|Créteil|Nanterre|Bobigny|Cergy|Évry|Ajaccio|Bastia|Cayenne|Fort-de-"
    "France|Nouméa|Papeete|Mamoudzou|Laval|Cholet|Niort|Angoulême|Périgueux|Agen|Albi|Castres|"
    "Tarbes|Auch|Rodez|Cahors|Montauban|Béziers|Narbonne|Carcassonne|Arles|Gap|Digne|Vichy|"
    "Moulins|Nevers|Auxerre|Sens|Chartres|Blois|Vierzon|Châteauroux|Guéret|Tulle|Brive|"
    "Aurillac|Le Puy|Roanne|Mâcon|Épinal|Belfort|Vesoul|Charleville-Mézières|Sedan|Laon|"
    "Soissons|Beauvais|Compiègne|Arras|Douai|Valenciennes|Cambrai|Maubeuge|Évreux|Alençon|"
    "Cherbourg|Bruxelles|Anvers|Liège|Gand|Charleroi|Namur|Genève|Zurich|Lausanne|Berne|Bâle|"
    "Luxembourg|Monaco|Londres|Manchester|Liverpool|Birmingham|Édimbourg|Glasgow|Belfast|Dublin|"
    "Berlin|Munich|Hambourg|Cologne|Francfort|Stuttgart|Dresde|Leipzig|Vienne|Prague|"
    "Bratislava|Budapest|Varsovie|Cracovie|Vilnius|Riga|Tallinn|Helsinki|Stockholm|Oslo|"
    "Copenhague|Reykjavik|Amsterdam|Rotterdam|La Haye|Madrid|Barcelone|Séville|Valence|Bilbao|"
    "Lisbonne|Porto|Rome|Milan|Naples|Turin|Florence|Venise|Bologne|Gênes|Palerme|Athènes|"
    "Sofia|Bucarest|Belgrade|Zagreb|Ljubljana|Sarajevo|Skopje|Tirana|Pristina|Podgorica|"
    "Chisinau|Kiev|Kyiv|Kharkiv|Odessa|Lviv|Marioupol|Kherson|Bakhmout|Moscou|Saint-"
    "Pétersbourg|Minsk|Tbilissi|Erevan|Bakou|Ankara|Istanbul|Jérusalem|Tel-Aviv|Tel Aviv|"
    "Ramallah|Beyrouth|Damas|Alep|Bagdad|Téhéran|Riyad|Doha|Dubaï|Abou Dhabi|Sanaa|Mascate|"
    "Koweït|Amman|Le Caire|Alexandrie|Tripoli|Tunis|Alger|Oran|Rabat|Casablanca|Marrakech|"
    "Nouakchott|Dakar|Bamako|Niamey|Ouagadougou|Abidjan|Accra|Lomé|Cotonou|Lagos|Abuja|"
    "Yaoundé|Douala|Libreville|Brazzaville|Kinshasa|Goma|Kigali|Nairobi|Kampala|Addis-Abeba|"
    "Khartoum|Mogadiscio|Johannesburg|Pretoria|Le Cap|Antananarivo|New York|Washington|Los "
    "Angeles|Chicago|Houston|Boston|San Francisco|Seattle|Miami|Atlanta|Philadelphie|Detroit|"
    "Las Vegas|Dallas|Montréal|Toronto|Ottawa|Vancouver|Mexico|La Havane|Bogota|Caracas|Lima|"
    "Quito|La Paz|Santiago|Buenos Aires|Montevideo|Brasilia|Rio de Janeiro|São Paulo|Sao Paulo|"
    "Port-au-Prince|Pékin|Shanghai|Wuhan|Tokyo|Osaka|Fukushima|Hiroshima|Séoul|Pyongyang|"
    "Taipei|Hanoï|Bangkok|Jakarta|Manille|Singapour|Kuala Lumpur|New Delhi|Bombay|Calcutta|"
    "Islamabad|Karachi|Kaboul|Katmandou|Dacca|Colombo|Rangoun|Phnom Penh|Canberra|Sydney|"
    "Melbourne|Wellington|Auckland|Davos|Ramstein|Tchernobyl|Guantanamo|Wimbledon|Roland-Garros"
).split("|")

REGIONS = (
    "Bretagne|Normandie|Île-de-France|Hauts-de-France|Grand Est|Nouvelle-Aquitaine|Occitanie|"
    "Provence-Alpes-Côte d’Azur|Auvergne-Rhône-Alpes|Bourgogne-Franche-Comté|Centre-Val de Loire|Pays "
    "de la Loire|Corse|Alsace|Lorraine|Bourgogne|Auvergne|Provence|Aquitaine|Picardie|Champagne|"
    "Savoie|Haute-Savoie|Vendée|Morbihan|Finistère|Côtes-d’Armor|Ille-et-Vilaine|Loire-Atlantique|"
    "Maine-et-Loire|Mayenne|Sarthe|Ain|Aisne|Allier|Ardèche|Ardennes|Ariège|Aube|Aude|Aveyron|"
    "Bouches-du-Rhône|Calvados|Cantal|Charente|Charente-Maritime|Cher|Corrèze|Côte-d’Or|Creuse|"
    "Dordogne|Doubs|Drôme|Eure|Eure-et-Loir|Gard|Gers|Gironde|Haute-Garonne|Hérault|Indre|"
    "Indre-et-Loire|Isère|Jura|Landes|Loir-et-Cher|Loire|Haute-Loire|Loiret|Lot|Lot-et-Garonne|"
    "Lozère|Marne|Haute-Marne|Meurthe-et-Moselle|Meuse|Moselle|Nièvre|Nord|Pas-de-Calais|Oise|"
    "Orne|Puy-de-Dôme|Pyrénées-Atlantiques|Hautes-Pyrénées|Pyrénées-Orientales|Bas-Rhin|Haut-Rhin|"
    "Rhône|Saône-et-Loire|Seine-Maritime|Seine-et-Marne|Yvelines|Deux-Sèvres|Somme|Tarn|Tarn-et-"
    "Garonne|Var|Vaucluse|Vienne|Haute-Vienne|Vosges|Yonne|Essonne|Hauts-de-Seine|Seine-Saint-"
    "Denis|Val-de-Marne|Val-d’Oise|Seine|Garonne|Médoc|Camargue|Périgord|Béarn|Pays basque|Côte "
    "d’Azur"
).split("|")

# Two names of one thing, which no rule of spelling joins. The first form is the one in use in French.
SAME = (
    ("Kiev", "Kyiv"),
    ("États-Unis", "USA"),
    ("Biélorussie", "Bélarus"),
    ("Otan", "Nato"),
    ("ONU", "Nations unies"),
    ("Viêt Nam", "Vietnam"),
    ("Hong Kong", "Hongkong"),
    ("Birmanie", "Myanmar"),
)

PLACES = frozenset(COUNTRIES) | frozenset(CITIES) | frozenset(REGIONS)
