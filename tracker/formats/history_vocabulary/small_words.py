"""The small words between a label and its date, in all the languages at once, folded."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONNECTORS = _words(
    """
    a al am an and as at by date dated dates datum day de del della den der di do du e ed el em en et fecha data
    electronically for form il im in is it l la le les manuscript na no o of officially on op paper sul the to um
    und v1 van ver version vom was y zum manuskript manuscrito manoscritto des beitrags artikels aufsatzes
    manuskripts article articolo artigo articulo beitrag manuscrit online publication dal depuis desde nel nella
    seit since sinds versions manuscripts drafts draft text original mon monday tue tues tuesday wed wednesday thu
    thur thurs thursday fri friday sat saturday sun sunday montag dienstag mittwoch donnerstag freitag samstag
    sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    """
)
"""What may stand between a label and its date."""
LEADS_TO_ACTION = CONNECTORS | _words("fur per pour para por voor von your i il gli le las los der all alle dell")
"""What stands between a deadline and what has to be done by then."""
JOINERS = _words("and und et y e ed en again")
"""What joins labels, or dates, to a list."""
LEADS_TO_NAME = _words(
    """
    to by in at from through via bei von par por da dal door aan an as for sur
    after following nach apres tras despues apos dopo
    """
)
"""What a label's own addition begins with: “submitted to Appl. Phys.”."""
BY = _words("by von par por da dal door")
"""What the name of a person follows."""
AFTER = _words(
    """
    after following with in as minor major small some slight further double blind anonymous anonymer peer
    doppelblinder doppelblindem anonymem
    nach mit der den einer doppelt geringer kleinen apres avec sous sa une les des tras despues con en su la las una
    apos com na de sua dopo nella una forma met mit een kleine
    """
)
"""What ties a condition to an acceptance: “after minor changes”."""
LABEL_NOUNS = _words(
    """
    manuscript paper article submission originally first final last manuscrit manuskript manuscrito manoscritto
    articulo articolo artigo artikel beitrag texte texto testo trabajo trabalho contributo
    """
)
"""Nouns that are quoted with the label they stand before."""
COPULAS = _words("was were is are be been werd werden wurde wurden fue fueron foi foram fu ete stato stata")
"""What stands between a subject and its label: “the paper was received”."""
AUXILIARIES = _words("a ha has have had hat e not also then still only")
"""What may stand with them."""
LATER_THAN = _words("after nach apres tras dopo apos despues since")
"""What makes the date that follows the beginning of a time: “papers received after 3 May”."""
AUTHORITIES = _words(
    """
    committee board council ethics ethical institutional irb ministry senate faculty agency authority authorities
    ethikkommission ethikkomitee kommission comite comitato commissie commission commissione etica ethique ethische
    comision comissao consejo conselho kommissionen registry parliament
    """
)
"""Who approves of something that is no article."""
SUBJECTS = (
    LABEL_NOUNS
    | JOINERS
    | _words(
        """
    it this which version versions revision revisions work letter report note contribution essay chapter draft
    ms preprint communication correspondence original comment response editorial manuscripts papers articles
    review brief them el il als dat
    """
    )
)
"""Of what a received or accepted thing can be said that is the article: not of an award, an approval, a grant."""
PENDING = _words("pending subject conditional conditionally provided vorbehaltlich pendiente sujeto")
"""What makes an acceptance one that is still to come: “accepted pending minor revision”."""
