"""The labels of Portuguese journals."""

from __future__ import annotations

from tracker.formats.history_vocabulary.meanings import Meaning

LABELS: dict[Meaning, str] = {
    "received": """
        recebido, recebida, recebidos, recebimento, submetido, submetida, submissão, enviado, data de
        recebimento, data de submissão, data da submissão, data do recebimento, recepção, recebido para
        publicação, encaminhado, apresentado, receção, envio, entrada, data de envio, data de recepção, data de
        entrada, recebido para avaliação, recebido para análise, recebido na redação, recebido pela redação,
        primeira submissão, submissão inicial, primeira versão, primeira versão recebida, recebido em primeira
        versão, apresentação, data de apresentação, entregue, data de entrega, data recebimento, data submissão,
        data de receção, recebido o original
    """,
    "revision_requested": """
        revisão solicitada, revisões solicitadas, revisões requeridas, correções solicitadas, devolvido para
        revisão, devolvido aos autores, reformulação solicitada, devolvido para correções, devolvido para
        correção, devolvido para reformulação, devolvido ao autor, devolvido para ajustes, solicitação de
        revisão, pedido de revisão, pedido de reformulação, pedido de alterações, correções requeridas,
        alterações solicitadas, solicitadas correções
    """,
    "resubmitted": """
        revisado, revisada, revisto, revisão, versão revisada, versão revista, reformulado, versão revisada
        recebida, ressubmetido, reapresentado, recebido em versão revisada, reenviado, recebido em forma
        revisada, versão final, versão final recebida, data de revisão, reformulada, versão final apresentada,
        revisões recebidas, modificado, recebido após revisão, versão reformulada, em versão revisada, recebido
        revisado, reformulação, data de reformulação, recebido na forma final, recebido na versão final,
        recebido em forma final, recebido em versão final, recebido na forma revisada, recebido na versão
        revisada, recebido em forma definitiva, recebido na forma definitiva, recebido na sua forma final,
        recebido na sua versão final, na forma final, na versão final, versão definitiva, versão corrigida,
        versão corrigida recebida, versão corrigida apresentada, versão final submetida, versão modificada,
        versão revista recebida, versão reformulada recebida, ressubmissão, data de ressubmissão, reenvio, data
        de reenvio, reapresentação, segunda versão, segunda versão recebida, última revisão, revisão final,
        revisão recebida, alterado, reformulado e reapresentado, data da revisão, data revisão, devolvido com
        correções, versão final reapresentada, versão reapresentada, recebido com correções, recebido após
        correções, recebido reformulado, modificação, data de modificação, correções recebidas, ajustado
    """,
    "accepted": """
        aceito, aceita, aceitos, aceite, aceitação, aprovado, aprovada, aprovação, data de aceite, data de
        aceitação, data de aprovação, aceito para publicação, aprovado para publicação, data do aceite, aceite
        para publicação, aceito após revisão, data da aprovação, data da aceitação, aceite final, aceitação
        final, aprovação final, aceito em definitivo, aceito com modificações, aceito com correções, aceito com
        revisões, aceito na forma final, aceito na versão final, aceito em versão final, versão final aceita,
        versão revisada aceita, versão final aprovada, aprovado com modificações, aprovado após revisão,
        aprovado em versão final, aceites, data aceite, data aprovação, data aceitação, data da aceite,
        deferido, aprovado para a publicação, aceito para a publicação, aceite para a publicação, aceito para
        publicar
    """,
    "appeared": """
        publicado, publicada, publicação, data de publicação, data da publicação, data publicação
    """,
    "published": """
        publicação nesta coleção, publicado online, publicação online, disponível online, disponível na
        internet, publicado em linha, disponível em linha, disponibilizado online, on line, publicação
        eletrônica, disponibilizado, publicação eletrónica, publicado eletronicamente, publicado
        electronicamente, publicação electrónica, publicado na internet, publicado on line, publicado em linha
        a, disponível em, publicação antecipada, publicado antecipadamente, publicado ahead of print, data de
        publicação online, data de publicação eletrônica, data da publicação online, disponível online desde,
        online desde, primeira publicação, publicação em linha, publicado como ahead of print, publicado na web
    """,
    "published_in_issue": "publicação impressa, versão impressa, publicado na edição, data do fascículo, fascículo",
    "corrected": "corrigido, corrigida, correção, errata, retificação, retificado",
    "retracted": "retratado, retratada, retratação, despublicado",
    "decision": "primeira decisão, decisão editorial",
    "limit": "prazo, data limite, prazo final, encerramento, fechamento, até",
    "other": """
        parecer recebido, pareceres recebidos, avaliado, avaliação, preprint postado, atualizado, no prelo,
        preprint depositado, acesso, acessado, preprint recebido, preprint submetido, preprint publicado,
        parecer, rejeitado, recusado, última atualização, avaliado por pares, enviado para
        avaliação, enviado a avaliação, enviado para revisão, em avaliação, acesso em, acedido, consultado, será
        publicado, avaliado em, aceito condicionalmente, aceite condicionalmente, aceito com ressalvas, aprovado
        com ressalvas, aceite condicional
    """,
}
