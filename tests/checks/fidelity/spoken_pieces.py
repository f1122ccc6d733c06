"""Sources on seventeen subjects, each with a faithful piece and pieces whose quotations went wrong.

Notices, interviews, agency flashes and a blog among them. `altered` has changed or invented words, `swapped` the
right words in another mouth, `lost` speech without its marks.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    source: str
    faithful: str
    altered: tuple[str, ...]
    swapped: tuple[str, ...]
    lost: tuple[str, ...] = ()


CASES: tuple[Case, ...] = (
    Case(
        "verrerie",
        """Le tribunal de commerce de Rouen a validé mercredi la reprise de la verrerie Lamy par le fonds Arcadis. « C’est un immense soulagement pour les 112 salariés », a réagi Sophie Carpentier, déléguée syndicale.
Le repreneur, Antoine Briand, promet de conserver le site. « Nous n’allons pas délocaliser une seule ligne », a-t-il assuré devant les salariés réunis dans la cour.
Le maire, Gilles Fabre, reste prudent. « On jugera sur pièces, pas sur des promesses », a-t-il prévenu. La région versera 2 millions d’euros.""",
        """Soulagement à la verrerie Lamy : le fonds Arcadis reprend l’usine, a décidé mercredi le tribunal de commerce de Rouen. Pour les 112 salariés, c’est « un immense soulagement », selon la syndicaliste Sophie Carpentier.

Antoine Briand, le repreneur, jure que l’activité restera sur place : « Nous n’allons pas délocaliser une seule ligne. » Le maire, lui, attend de voir. « On jugera sur pièces », a averti Gilles Fabre.""",
        altered=(
            "Antoine Briand, le repreneur, jure que l’activité restera sur place : « Nous n’allons jamais délocaliser une seule ligne. »",
            "Pour les 112 salariés, c’est « un énorme soulagement », selon la syndicaliste Sophie Carpentier.",
            "« Nous allons délocaliser une seule ligne », a-t-il assuré.",
            "Antoine Briand veut « délocaliser une seule ligne ».",
        ),
        swapped=(
            "« On jugera sur pièces, pas sur des promesses », a prévenu Antoine Briand.",
            "Selon Gilles Fabre, « c’est un immense soulagement pour les 112 salariés ».",
            "« Nous n’allons pas délocaliser une seule ligne », a promis le maire.",
            "Sophie Carpentier a assuré : « Nous n’allons pas délocaliser une seule ligne. »",
        ),
        lost=("Antoine Briand promet que nous n’allons pas délocaliser une seule ligne.",),
    ),
    Case(
        "athlétisme",
        """Sacrée championne de France du 1 500 mètres à Angers, Maëlle Riou n’en revenait pas. « Je suis partie trop vite, j’ai cru exploser au dernier tour », raconte la Brestoise de 23 ans.
Son entraîneur, Hervé Cadiou, savait qu’elle en était capable. « Elle a gagné cette course dans la tête », analyse-t-il. « Le chrono n’était pas l’objectif. »
La favorite Lucie Tavernier, deuxième, a reconnu sa défaite : « Maëlle était plus forte, point. »""",
        """Maëlle Riou a remporté à Angers le titre national du 1 500 mètres. Elle avait pourtant « cru exploser au dernier tour », confie-t-elle.

« Elle a gagné cette course dans la tête », salue Hervé Cadiou, l’entraîneur de la Brestoise. Le chrono, précise-t-il, « n’était pas l’objectif ». Deuxième, Lucie Tavernier s’incline : « Maëlle était plus forte, point. »""",
        altered=(
            "« Elle a gagné cette course dans le dernier tour », salue Hervé Cadiou.",
            "« Maëlle était plus rapide, point », a reconnu Lucie Tavernier.",
            "Le chrono, précise Hervé Cadiou, « était l’objectif ».",
            "« C’est le plus beau jour de ma vie », s’est exclamée Maëlle Riou.",
        ),
        swapped=(
            "« Elle a gagné cette course dans la tête », a reconnu Lucie Tavernier.",
            "« Maëlle était plus forte, point », a dit Hervé Cadiou.",
            "« Je suis partie trop vite », raconte Lucie Tavernier.",
        ),
        lost=("Partie trop vite, elle explique que j’ai cru exploser au dernier tour.",),
    ),
    Case(
        "hôpital",
        """L’hôpital de Cahors manque de bras. Onze postes d’infirmiers sont vacants, a indiqué mardi la directrice, Nadine Soulié. « On ne fermera aucun lit cet été », a-t-elle toutefois assuré.
Le syndicat Sud Santé n’y croit pas. « La direction nous ment depuis six mois », s’emporte Karim Belkacem, son secrétaire. « Les collègues craquent. »
L’agence régionale de santé a annoncé « un plan d’urgence de 800 000 euros », sans en préciser le calendrier.
Interrogée par La Dépêche, la ministre de la Santé a parlé d’« une situation suivie de près ».""",
        """Malgré onze postes d’infirmiers vacants, l’hôpital de Cahors « ne fermera aucun lit cet été », promet sa directrice, Nadine Soulié.

Chez Sud Santé, on en doute. « La direction nous ment depuis six mois », accuse le secrétaire du syndicat, Karim Belkacem, pour qui « les collègues craquent ». L’agence régionale de santé débloque de son côté « un plan d’urgence de 800 000 euros ». La ministre de la Santé évoque « une situation suivie de près ».""",
        altered=(
            "« On ne fermera aucun service cet été », promet Nadine Soulié.",
            "« La direction nous ment depuis dix mois », accuse Karim Belkacem.",
            "L’agence régionale de santé débloque « un plan d’urgence de 900 000 euros ».",
        ),
        swapped=(
            "« La direction nous ment depuis six mois », accuse Nadine Soulié.",
            "« On ne fermera aucun lit cet été », a assuré la ministre de la Santé.",
            "Selon Karim Belkacem, « on ne fermera aucun lit cet été ».",
            "La directrice a dénoncé : « Les collègues craquent. »",
        ),
        lost=(
            "Selon la directrice, on ne fermera rien, et la direction nous ment depuis six mois, ajoute le syndicat.",
        ),
    ),
    Case(
        "cinéma",
        """Avec « Les Rives », la cinéaste Jeanne Abadie signe un premier film âpre. « Je voulais filmer le fleuve comme un personnage », dit-elle. Le tournage a duré sept semaines à Arles.
L’acteur Youssef Amrani, qui joue le batelier, se souvient : « Il faisait quatre degrés dans l’eau, Jeanne ne voulait pas couper. »
Le distributeur, Films du Delta, espère 200 000 entrées. « Ce n’est pas un film facile, mais le public est prêt », estime sa patronne, Odile Marchand.""",
        """« Les Rives », premier long-métrage de Jeanne Abadie, a été tourné en sept semaines à Arles. La cinéaste dit avoir voulu « filmer le fleuve comme un personnage ».

« Il faisait quatre degrés dans l’eau », se rappelle Youssef Amrani, interprète du batelier. Odile Marchand, à la tête de Films du Delta, en convient : « Ce n’est pas un film facile, mais le public est prêt. »""",
        altered=(
            "La cinéaste dit avoir voulu « filmer le fleuve comme un héros ».",
            "« Il faisait quatorze degrés dans l’eau », se rappelle Youssef Amrani.",
            "« C’est un film facile, et le public est prêt », estime Odile Marchand.",
            "Odile Marchand voit dans « Les Rives » « un film facile ».",
            "« Un chef-d’œuvre absolu », tranche Odile Marchand.",
        ),
        swapped=(
            "« Ce n’est pas un film facile, mais le public est prêt », estime Jeanne Abadie.",
            "« Je voulais filmer le fleuve comme un personnage », raconte Youssef Amrani.",
            "D’après la patronne de Films du Delta, « il faisait quatre degrés dans l’eau ».",
        ),
        lost=(),
    ),
    Case(
        "économie",
        """PARIS (AFP) - La Banque de France a abaissé vendredi sa prévision de croissance à 0,6 %. « L’activité résiste, mais l’incertitude pèse », a commenté son gouverneur, Bernard Lescure, sur Radio Classique.
Le ministre de l’Économie, Éric Vasseur, a maintenu celle du gouvernement. « Nous ne changeons pas de cap », a-t-il dit à l’Assemblée.
« C’est une fuite en avant », a répliqué la députée d’opposition Claire Montel. Le Medef, lui, a réclamé « un moratoire sur les impôts de production ».""",
        """La prévision de croissance de la Banque de France tombe à 0,6 %. « L’activité résiste », veut croire son gouverneur, Bernard Lescure, qui ajoute que « l’incertitude pèse ».

À l’Assemblée, Éric Vasseur n’a pas varié : « Nous ne changeons pas de cap », a répété le ministre. L’opposition y voit « une fuite en avant », selon le mot de Claire Montel. Le patronat demande « un moratoire sur les impôts de production ».""",
        altered=(
            "« L’activité recule, mais l’incertitude pèse », a commenté Bernard Lescure.",
            "« Nous changeons de cap », a répété le ministre.",
            "Le Medef demande « un moratoire sur les impôts locaux ».",
        ),
        swapped=(
            "« C’est une fuite en avant », a répliqué Éric Vasseur.",
            "« Nous ne changeons pas de cap », a dit Bernard Lescure sur Radio Classique.",
            "Claire Montel a réclamé « un moratoire sur les impôts de production ».",
            "« L’activité résiste, mais l’incertitude pèse », a commenté le ministre de l’Économie.",
        ),
        lost=("Le ministre assure que nous ne changeons pas de cap.",),
    ),
    Case(
        "blog",
        """Bonjour à tous ! Comme promis, je vous raconte notre week-end au refuge du Goûter. Nous étions cinq, avec Marc et sa fille Lila.
Le gardien, un ancien guide nommé Pascal Devouassoux, nous a prévenus : « La neige est pourrie, ne partez pas avant trois heures. » On l’a écouté.
« Papa, je ne sens plus mes doigts », a dit Lila au col. Marc a fait demi-tour. J’ai continué seul, et je l’ai regretté.""",
        """Partir tard, c’était le conseil du gardien du refuge du Goûter, Pascal Devouassoux : « La neige est pourrie, ne partez pas avant trois heures. »

Au col, la fille de Marc s’est plainte du froid : « Papa, je ne sens plus mes doigts. » Son père a renoncé.""",
        altered=("« La neige est bonne, ne partez pas avant trois heures », a prévenu Pascal Devouassoux.",),
        swapped=(
            "« Papa, je ne sens plus mes doigts », a dit Pascal Devouassoux.",
            "« La neige est pourrie, ne partez pas avant trois heures », a prévenu Marc.",
        ),
        lost=(),
    ),
    Case(
        "entretien",
        """ENTRETIEN. — Vous quittez la mairie après vingt-deux ans. Pourquoi ?
Monique Taillefer : Parce que je n’ai plus la même énergie. La politique locale use, et mes petits-enfants grandissent.
— Un regret ?
Monique Taillefer : La piscine. Nous n’avons jamais trouvé les quarante-sept millions. J’en porte ma part.""",
        "Après vingt-deux ans de mandat, Monique Taillefer s’en va. « Je n’ai plus la même énergie », admet-elle. « La politique locale use. » Son regret tient en un mot, la piscine : « Nous n’avons jamais trouvé les quarante-sept millions. »",
        altered=(
            "« Je n’ai plus la même envie », admet Monique Taillefer.",
            "« Nous n’avons jamais cherché les quarante-sept millions », dit Monique Taillefer.",
        ),
        swapped=(),
        lost=(
            "La piscine aurait coûté quatre sept millions.",
            "La piscine aurait coûté quarante dix-sept millions d’euros.",
        ),
    ),
    Case(
        "avis",
        """AVIS. Coupure d’eau jeudi 12 juin de 9 h à 16 h, rues du Moulin et des Tanneurs. « Les riverains sont invités à constituer une réserve », précise la régie des eaux dans un communiqué. Renseignements : 04 75 00 00 00.
La régie, dirigée par Loïc Perrin, procède au remplacement d’une vanne « hors d’âge ».""",
        "L’eau sera coupée jeudi 12 juin, de 9 h à 16 h, rue du Moulin et rue des Tanneurs. La régie invite les habitants à « constituer une réserve ». En cause : une vanne « hors d’âge » à remplacer.",
        altered=(
            "La régie invite les habitants à « constituer des stocks ».",
            "En cause : une vanne « hors service » à remplacer.",
        ),
        swapped=("« Les riverains sont invités à constituer une réserve », précise la préfecture.",),
        lost=(),
    ),
    Case(
        "procès",
        """Le parquet de Toulon a requis huit ans de prison contre l’ancien notaire Yves Castellan. « Il a trahi des familles entières », a lancé la procureure Inès Fontan.
« Mon client n’a pas pris un centime », a plaidé son avocat, Me Paul Rivière. Une victime, Josette B., 81 ans, a quitté la salle en larmes. « Je ne reverrai jamais ma maison », a-t-elle murmuré.
Le jugement sera rendu le 3 mars. L’accusé a simplement dit « pardon ».""",
        """Huit ans de prison requis contre Yves Castellan : l’ancien notaire « a trahi des familles entières », selon la procureure Inès Fontan.

Son avocat plaide l’innocence. « Mon client n’a pas pris un centime », a affirmé Me Rivière. « Je ne reverrai jamais ma maison », a glissé Josette B., 81 ans, avant de sortir. Yves Castellan a demandé « pardon ».""",
        altered=(
            "« Mon client n’a pas volé un centime », a affirmé Me Rivière.",
            "« Je ne reverrai plus jamais ma maison », a glissé Josette B.",
            "L’ancien notaire a « pris un centime ».",
        ),
        swapped=(
            "« Mon client n’a pas pris un centime », a affirmé Inès Fontan.",
            "« Il a trahi des familles entières », a lancé Yves Castellan.",
            "« Je ne reverrai jamais ma maison », a murmuré l’ancien notaire.",
            "Selon Me Paul Rivière, Yves Castellan « a trahi des familles entières ».",
        ),
        lost=("Son avocat jure que mon client n’a pas pris un centime.",),
    ),
    Case(
        "Afrique",
        """Le président sénégalais Ousmane Diop a reçu à Dakar son homologue ghanéenne, Ama Mensah. « L’Afrique de l’Ouest doit parler d’une seule voix », a déclaré la présidente ghanéenne à l’issue de leur entretien.
Ousmane Diop a confirmé que la monnaie commune n’était « plus qu’une question de mois ». Le ministre sénégalais des Finances, Cheikh Fall, a été plus réservé : « Les critères ne sont pas tous remplis. »
« C’est un tournant », a salué le chef de la Cédéao, Omar Touray.""",
        """« L’Afrique de l’Ouest doit parler d’une seule voix », a plaidé Ama Mensah à Dakar, où la recevait Ousmane Diop. Pour le dirigeant sénégalais, la monnaie commune n’est « plus qu’une question de mois ».

Son ministre des Finances tempère : « Les critères ne sont pas tous remplis », a relevé Cheikh Fall. Omar Touray, à la tête de la Cédéao, parle d’« un tournant ».""",
        altered=(
            "« L’Afrique de l’Ouest peut parler d’une seule voix », a plaidé Ama Mensah.",
            "Cheikh Fall tempère : « Les critères sont tous remplis. »",
        ),
        swapped=(
            "« L’Afrique de l’Ouest doit parler d’une seule voix », a déclaré le président sénégalais.",
            "« Les critères ne sont pas tous remplis », a nuancé la présidente ghanéenne.",
            "« C’est un tournant », a salué Cheikh Fall.",
            "Pour Omar Touray, la monnaie commune n’est « plus qu’une question de mois ».",
            "Le Ghanéen a salué « un tournant ».",
        ),
        lost=(),
    ),
    Case(
        "voile",
        """La navigatrice Clarisse Le Bihan a bouclé dimanche son tour du monde en 81 jours. « J’ai pleuré en voyant les falaises », a-t-elle confié sur le ponton de Brest.
Son préparateur, Yann Kervella, ne cachait pas son soulagement. « On a failli perdre le mât au cap Horn », a-t-il révélé.
« Clarisse a tenu un rythme que personne n’imaginait », a souligné Hubert Marzin, directeur de course. Il n’a pas exclu d’homologuer le record « d’ici à la fin du mois ».
Sa rivale italienne Gaia Ferrero, attendue mercredi, a salué sur Instagram « une marine d’exception ».""",
        """Clarisse Le Bihan a achevé dimanche à Brest un tour du monde de 81 jours. « J’ai pleuré en voyant les falaises », a raconté la navigatrice.

L’exploit aurait pu tourner court : « On a failli perdre le mât au cap Horn », révèle Yann Kervella, son préparateur. Le directeur de course salue « un rythme que personne n’imaginait ». Hubert Marzin pourrait homologuer le record « d’ici à la fin du mois ». Gaia Ferrero rend hommage à « une marine d’exception ».""",
        altered=(
            "« On a failli perdre la quille au cap Horn », révèle Yann Kervella.",
            "« J’ai pleuré en voyant les falaises de Brest », a raconté la navigatrice.",
        ),
        swapped=(
            "« On a failli perdre le mât au cap Horn », révèle Clarisse Le Bihan.",
            "« J’ai pleuré en voyant les falaises », a raconté Yann Kervella.",
            "Hubert Marzin salue « une marine d’exception ».",
            "« Clarisse a tenu un rythme que personne n’imaginait », a souligné Gaia Ferrero.",
        ),
        lost=(),
    ),
    Case(
        "conseil municipal",
        """CONSEIL MUNICIPAL – La fermeture de la piscine Jean-Bouin a tourné au pugilat lundi soir à Niort. « Chauffer ce bassin nous coûte 900 euros par jour », a plaidé l’adjointe aux sports, Mireille Tavarès.
« Vous sacrifiez les enfants des quartiers », lui a rétorqué Denis Aubry, conseiller d’opposition. Il a réclamé un référendum local.
La maire, Florence Guitton, a tranché : « Le bassin rouvrira quand la chaudière sera changée, pas avant. » Le collectif Piscine pour tous dénonce « un enfumage ».""",
        """À Niort, la fermeture de la piscine Jean-Bouin a enflammé le conseil. Elle « coûte 900 euros par jour » à chauffer, justifie Mireille Tavarès, adjointe aux sports.

L’opposant Denis Aubry l’accuse de pénaliser « les enfants des quartiers ».""",
        altered=("« Vous oubliez les enfants des quartiers », lui a rétorqué Denis Aubry.",),
        swapped=(
            "« Vous sacrifiez les enfants des quartiers », a rétorqué Florence Guitton.",
            "« Chauffer ce bassin nous coûte 900 euros par jour », a plaidé Denis Aubry.",
            "La maire dénonce « un enfumage ».",
            "« Le bassin rouvrira quand la chaudière sera changée, pas avant », a tranché l’adjointe aux sports.",
            "Selon Mireille Tavarès, « le bassin rouvrira quand la chaudière sera changée ».",
        ),
        lost=("Chauffer ce bassin nous coûte 900 euros par jour, selon Mireille Tavarès.",),
    ),
    Case(
        "industrie",
        """LONDRES - Le groupe pharmaceutique Halden supprimera 1 200 postes, a annoncé jeudi sa directrice générale, Patricia Moore. « Nous devons retrouver une structure de coûts soutenable », a-t-elle écrit aux salariés.
L’action a bondi de 6 %. « Le marché attendait ce signal depuis un an », a commenté Oliver Grant, analyste chez Peel Brothers.
Le syndicat Unite a parlé d’un « coup de massue ». « Ces emplois financent les dividendes », s’est indignée sa secrétaire générale, Sharon Dobbs.
À Westminster, le ministre de l’Industrie, Neil Farrow, s’est dit « profondément déçu ».""",
        """Halden va supprimer 1 200 postes. Le laboratoire doit « retrouver une structure de coûts soutenable », explique Patricia Moore, sa directrice générale, dans un message aux salariés.

Les investisseurs applaudissent : « Le marché attendait ce signal depuis un an », relève Oliver Grant, de Peel Brothers. Unite dénonce au contraire un « coup de massue ». « Ces emplois financent les dividendes », fustige Sharon Dobbs. Le ministre de l’Industrie se dit « profondément déçu ».""",
        altered=(
            "« Ces emplois financent les actionnaires », s’est indignée Sharon Dobbs.",
            "Le ministre se dit « légèrement déçu ».",
        ),
        swapped=(
            "« Ces emplois financent les dividendes », s’est indigné Neil Farrow.",
            "« Le marché attendait ce signal depuis un an », a commenté Patricia Moore.",
            "Oliver Grant s’est dit « profondément déçu ».",
            "« Nous devons retrouver une structure de coûts soutenable », a écrit Sharon Dobbs.",
            "La directrice générale a dénoncé un « coup de massue ».",
        ),
        lost=(),
    ),
    Case(
        "vignes",
        """Dans les vignes du Minervois, la grêle de mardi a tout haché. « En dix minutes, j’ai perdu l’année », lâche Thierry Escande, vigneron à Olonzac. À 58 ans, il n’avait « jamais vu ça ».
Sa voisine Léa Combes, installée depuis trois ans, a perdu huit hectares. « Si l’assurance ne suit pas, j’arrête », prévient la jeune femme.
La présidente de la chambre d’agriculture, Marie-Hélène Azéma, demande le classement en catastrophe naturelle. « L’État doit être là », martèle-t-elle. Le préfet de l’Aude promet une réponse « rapide et juste ».""",
        """« En dix minutes, j’ai perdu l’année » : à Olonzac, Thierry Escande ne décolère pas après la grêle de mardi, un phénomène qu’il n’avait « jamais vu ».

Non loin, Léa Combes a perdu huit hectares. « Si l’assurance ne suit pas, j’arrête », avertit la vigneronne. « L’État doit être là », insiste Marie-Hélène Azéma, présidente de la chambre d’agriculture. Une réponse « rapide et juste » est promise par le préfet.""",
        altered=("« Si l’assurance suit, j’arrête », prévient Léa Combes.",),
        swapped=(
            "« Si l’assurance ne suit pas, j’arrête », prévient Thierry Escande.",
            "« L’État doit être là », martèle Léa Combes.",
            "« En dix minutes, j’ai perdu l’année », lâche Marie-Hélène Azéma.",
            "Marie-Hélène Azéma promet une réponse « rapide et juste ».",
            "Le préfet de l’Aude a martelé : « L’État doit être là. »",
        ),
        lost=("Thierry Escande raconte qu’en dix minutes, j’ai perdu l’année.",),
    ),
    Case(
        "livres",
        """Rentrée littéraire. Avec « La Chambre d’échos », Salim Haddad livre un roman sur l’exil. « J’ai mis neuf ans à trouver la première phrase », explique l’écrivain, rencontré à Lyon.
Son éditrice, Camille Roche, n’a « presque rien coupé ». « Il y avait une évidence », dit-elle.
Le jury du prix des Libraires a été plus partagé. « Le livre est trop long de cent pages », juge l’une des jurées, Agnès Duval. Le critique Bertrand Noël y voit « un sommet ».""",
        """Neuf ans : c’est le temps qu’il a fallu à Salim Haddad pour « trouver la première phrase » de « La Chambre d’échos », son roman sur l’exil.

L’éditrice Camille Roche n’y a « presque rien coupé ». D’autres sont réservés. « Le livre est trop long de cent pages », regrette Agnès Duval, membre du jury du prix des Libraires. Bertrand Noël, lui, parle d’« un sommet ».""",
        altered=(
            "L’éditrice Camille Roche n’y a « presque rien ajouté ».",
            "« J’ai mis dix ans à trouver la première phrase », explique l’écrivain.",
        ),
        swapped=(
            "« Le livre est trop long de cent pages », juge Bertrand Noël.",
            "« Il y avait une évidence », dit Agnès Duval.",
            "« J’ai mis neuf ans à trouver la première phrase », explique Camille Roche.",
            "L’écrivain juge que « le livre est trop long de cent pages ».",
        ),
        lost=(),
    ),
    Case(
        "Brenner",
        """Le chancelier autrichien Karl Steiner et la Première ministre italienne Lucia Bassi se sont opposés jeudi à Bruxelles sur le tunnel du Brenner. « Nous ne pouvons pas être le parking de l’Europe », a déclaré le dirigeant autrichien.
« Ces restrictions violent le marché unique », a répondu Mme Bassi. La Commission, par la voix de son porte-parole Jan Novak, a appelé « les deux parties au calme ».
Le ministre allemand des Transports, Uwe Brandt, soutient Rome : « Nos camions attendent douze heures », a-t-il relevé.""",
        """Passe d’armes jeudi à Bruxelles au sujet du Brenner. « Nous ne pouvons pas être le parking de l’Europe », s’est emporté Karl Steiner, le chancelier autrichien.

Pour la cheffe du gouvernement italien, « ces restrictions violent le marché unique ». Lucia Bassi a l’appui de Berlin : « Nos camions attendent douze heures », note Uwe Brandt. Bruxelles invite « les deux parties au calme », a dit Jan Novak.""",
        altered=(
            "« Nous pouvons être le parking de l’Europe », a déclaré le dirigeant autrichien.",
            "Karl Steiner rêve d’« être le parking de l’Europe ».",
        ),
        swapped=(
            "« Nous ne pouvons pas être le parking de l’Europe », a déclaré la Première ministre italienne.",
            "« Ces restrictions violent le marché unique », a répondu Karl Steiner.",
            "« Nos camions attendent douze heures », a relevé le chancelier autrichien.",
            "Jan Novak a assuré que « ces restrictions violent le marché unique ».",
            "Le dirigeant autrichien a appelé « les deux parties au calme ».",
        ),
        lost=(),
    ),
    Case(
        "pont",
        """Trois ans après l’effondrement du pont de Saint-Girons, le procès s’est ouvert à Foix. « Je demande pardon aux familles », a déclaré à la barre l’ingénieur Alain Pradel, 67 ans.
L’expert judiciaire, Philippe Sentenac, a décrit « une corrosion visible depuis 2011 ». Pour l’avocate des parties civiles, Me Nora Benali, « tout le monde savait ».
« Mon mari passait là tous les matins », a témoigné Ginette Rouch. Le président du tribunal a suspendu l’audience à 19 heures.""",
        """Le procès de l’effondrement du pont de Saint-Girons a débuté à Foix. L’ingénieur Alain Pradel, 67 ans, a demandé « pardon aux familles ».

Une corrosion était « visible depuis 2011 », selon l’expert Philippe Sentenac. « Tout le monde savait », résume Me Nora Benali, avocate des parties civiles. Ginette Rouch a évoqué son époux, qui « passait là tous les matins ».""",
        altered=(
            "Une corrosion était « invisible depuis 2011 », selon l’expert.",
            "« Je demande pardon aux victimes », a déclaré Alain Pradel.",
        ),
        swapped=(
            "« Tout le monde savait », a reconnu Alain Pradel.",
            "« Je demande pardon aux familles », a déclaré Philippe Sentenac.",
            "Pour Ginette Rouch, il y avait « une corrosion visible depuis 2011 ».",
            "« Mon mari passait là tous les matins », a témoigné Me Nora Benali.",
            "Le président du tribunal a lâché : « Tout le monde savait. »",
        ),
        lost=(),
    ),
)
