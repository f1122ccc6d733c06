"""Which large region a town lies in, where a writer may tell the one for the other: `en Andalousie` of Seville.

By hand, from common geography: the regions of France and of its neighbours with their larger towns. A town that is
missing here stands for no region.
"""

from functools import lru_cache

from pipeline.text.fold import tokens

_TOWNS = {
    "Auvergne-Rhône-Alpes": "Lyon|Grenoble|Saint-Étienne|Clermont-Ferrand|Annecy|Chambéry|Valence|Villeurbanne|Roanne|Vichy|Aurillac|Moulins|Le Puy|Bourg-en-Bresse|Montluçon",
    "Auvergne": "Clermont-Ferrand|Vichy|Aurillac|Moulins|Le Puy|Montluçon|Riom|Thiers",
    "Bourgogne-Franche-Comté": "Dijon|Besançon|Belfort|Auxerre|Nevers|Mâcon|Chalon|Vesoul|Sens|Montbéliard|Dole",
    "Bourgogne": "Dijon|Auxerre|Nevers|Mâcon|Chalon|Sens|Beaune|Le Creusot",
    "Franche-Comté": "Besançon|Belfort|Vesoul|Montbéliard|Dole|Lons-le-Saunier|Pontarlier",
    "Bretagne": "Rennes|Brest|Quimper|Lorient|Vannes|Saint-Malo|Saint-Brieuc|Fougères|Morlaix|Concarneau|Lannion|Douarnenez|Vitré",
    "Centre-Val de Loire": "Orléans|Tours|Bourges|Blois|Chartres|Châteauroux|Vierzon|Dreux|Montargis",
    "Corse": "Ajaccio|Bastia|Calvi|Porto-Vecchio|Corte|Bonifacio",
    "Grand Est": "Strasbourg|Reims|Metz|Nancy|Mulhouse|Colmar|Troyes|Épinal|Charleville-Mézières|Sedan|Haguenau",
    "Alsace": "Strasbourg|Mulhouse|Colmar|Haguenau|Sélestat|Saverne",
    "Lorraine": "Metz|Nancy|Épinal|Thionville|Verdun|Forbach|Bar-le-Duc|Lunéville",
    "Champagne": "Reims|Troyes|Épernay|Châlons-en-Champagne",
    "Hauts-de-France": "Lille|Amiens|Roubaix|Tourcoing|Dunkerque|Calais|Valenciennes|Arras|Douai|Lens|Boulogne-sur-Mer|Cambrai|Maubeuge|Beauvais|Compiègne|Laon|Soissons|Saint-Quentin",
    "Picardie": "Amiens|Beauvais|Compiègne|Laon|Soissons|Saint-Quentin|Abbeville|Senlis",
    "Île-de-France": "Paris|Versailles|Saint-Denis|Nanterre|Créteil|Bobigny|Cergy|Évry|Argenteuil|Montreuil|Melun|Meaux|Pontoise|Sarcelles",
    "Normandie": "Rouen|Caen|Le Havre|Cherbourg|Évreux|Alençon|Dieppe|Lisieux|Saint-Lô|Deauville|Fécamp|Granville|Bayeux",
    "Nouvelle-Aquitaine": "Bordeaux|Limoges|Poitiers|Pau|La Rochelle|Bayonne|Biarritz|Angoulême|Niort|Périgueux|Agen|Brive|Tulle|Guéret|Dax|Arcachon|Bergerac",
    "Aquitaine": "Bordeaux|Pau|Bayonne|Biarritz|Périgueux|Agen|Dax|Arcachon|Bergerac",
    "Limousin": "Limoges|Brive|Tulle|Guéret|Ussel",
    "Pays basque": "Bayonne|Biarritz|Saint-Jean-de-Luz|Hendaye|Bilbao|Saint-Sébastien",
    "Occitanie": "Toulouse|Montpellier|Nîmes|Perpignan|Béziers|Albi|Castres|Tarbes|Auch|Rodez|Cahors|Montauban|Narbonne|Carcassonne|Sète|Lourdes|Millau|Alès",
    "Languedoc": "Montpellier|Nîmes|Béziers|Narbonne|Carcassonne|Sète",
    "Pays de la Loire": "Nantes|Angers|Le Mans|Saint-Nazaire|Laval|Cholet|La Roche-sur-Yon|Les Sables-d’Olonne|Saumur",
    "Vendée": "La Roche-sur-Yon|Les Sables-d’Olonne|Fontenay-le-Comte",
    "Provence-Alpes-Côte d’Azur": "Marseille|Nice|Toulon|Aix-en-Provence|Avignon|Cannes|Antibes|Arles|Gap|Digne|Fréjus|Grasse|Martigues|Hyères",
    "Provence": "Marseille|Aix-en-Provence|Avignon|Arles|Toulon|Digne|Martigues|Salon-de-Provence",
    "Côte d’Azur": "Nice|Cannes|Antibes|Menton|Saint-Tropez|Grasse",
    "Savoie": "Chambéry|Albertville|Aix-les-Bains|Annecy",
    "Guyane": "Cayenne|Kourou|Saint-Laurent-du-Maroni|Maripasoula",
    "Guadeloupe": "Pointe-à-Pitre|Basse-Terre|Les Abymes",
    "Martinique": "Fort-de-France|Le Lamentin|Saint-Pierre",
    "La Réunion": "Saint-Denis|Saint-Pierre|Saint-Paul|Le Tampon",
    "Mayotte": "Mamoudzou|Dzaoudzi",
    "Nouvelle-Calédonie": "Nouméa",
    "Polynésie": "Papeete|Tahiti|Bora-Bora",
    "Andalousie": "Séville|Malaga|Grenade|Cordoue|Cadix|Almeria|Jaén|Huelva|Marbella",
    "Catalogne": "Barcelone|Gérone|Tarragone|Lérida|Figueras",
    "Galice": "Saint-Jacques-de-Compostelle|Vigo|La Corogne",
    "Castille": "Valladolid|Salamanque|Burgos|Tolède|León",
    "Bavière": "Munich|Nuremberg|Augsbourg|Ratisbonne|Würzburg",
    "Saxe": "Dresde|Leipzig|Chemnitz",
    "Rhénanie": "Cologne|Düsseldorf|Bonn|Mayence|Aix-la-Chapelle",
    "Hesse": "Francfort|Wiesbaden|Cassel",
    "Toscane": "Florence|Pise|Sienne|Livourne|Lucques",
    "Lombardie": "Milan|Bergame|Brescia|Crémone|Mantoue",
    "Sicile": "Palerme|Catane|Messine|Syracuse",
    "Vénétie": "Venise|Vérone|Padoue|Vicence|Trévise",
    "Piémont": "Turin|Asti|Alba|Novare",
    "Sardaigne": "Cagliari|Sassari|Olbia",
    "Campanie": "Naples|Salerne|Caserte|Pompéi",
    "Wallonie": "Liège|Namur|Charleroi|Mons|Tournai|Verviers",
    "Flandre": "Anvers|Gand|Bruges|Ostende|Louvain|Courtrai",
    "Écosse": "Édimbourg|Glasgow|Aberdeen|Dundee",
    "Pays de Galles": "Cardiff|Swansea|Newport",
    "Québec": "Montréal|Laval|Gatineau|Sherbrooke|Trois-Rivières",
    "Ontario": "Toronto|Ottawa|Hamilton|London",
    "Californie": "Los Angeles|San Francisco|San Diego|Sacramento|Oakland",
    "Texas": "Houston|Dallas|Austin|San Antonio",
    "Floride": "Miami|Orlando|Tampa|Jacksonville",
}  # fmt: skip


def _folded(name: str) -> tuple[str, ...]:
    return tuple(t.text for t in tokens(name.removeprefix("La ").removeprefix("Le ").removeprefix("Les ")))


@lru_cache(maxsize=1)
def _regions() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return {_folded(name): tuple(map(_folded, towns.split("|"))) for name, towns in _TOWNS.items()}


def towns_of(region: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The folded words of each town of a region, given by its folded words; none where the table has no such region."""
    return _regions().get(region, ())
