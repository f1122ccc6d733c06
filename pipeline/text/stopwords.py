"""The grammatical words of French, folded: articles, pronouns, prepositions, conjunctions, auxiliaries.

They say how a sentence is built, not what it tells; originality and keyphrases look at the other words.
"""

STOP_WORDS = frozenset(
    """
    a ai aie ainsi alors apres as assez au aucun aucune aujourd aupres auquel aura aurait auront aussi autant
    autre autres aux auxquels avaient avait avant avec avez avoir avons ayant beaucoup bien c ca car ce ceci
    cela celle celles celui cependant ces cet cette ceux chacun chacune chaque chez ci comme comment contre d
    dans de dela depuis dernier derniere des desormais deux devant doit doivent donc dont du durant elle elles
    en encore enfin entre es est et etaient etait etant ete etes etre eu eux fait faire fut hors hui ici il ils
    j jamais je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui
    m ma mais malgre me meme memes mes mieux moi moins mon n ne ni non nos notamment notre nous on ont ou par
    parce parmi pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi pourrait pourtant premier
    premiere pres puis puisqu puisque qu quand quant que quel quelle quelles quelqu quelque quelques quels qui
    quoi quoique rien s sa sans sauf se selon sera serait seront ses seul seule si sinon soient soit son sont
    sous souvent sur t ta tant te tel telle telles tels tes toi ton toujours tous tout toute toutefois toutes
    tres trop tu un une vers via voici voila vos votre vous vu y
    """.split()
)
