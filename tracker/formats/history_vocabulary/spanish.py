"""The labels of Spanish journals."""

from __future__ import annotations

from tracker.formats.history_vocabulary.meanings import Meaning

LABELS: dict[Meaning, str] = {
    "received": """
        recibido, recibida, recibidos, recepción, fecha de recepción, enviado, envío, fecha de envío,
        presentado, remitido, sometido, recibido para publicación, ingresado, ingreso, fecha recepción,
        postulado, presentación, fecha de presentación, fecha de entrada, entrada, fecha de ingreso, fecha de
        recibido, fecha recibido, fecha de recibo, recibido en redacción, recibido por la redacción, primera
        versión recibida, recibido en primera versión, primera versión, versión inicial recibida, sumisión,
        fecha de sumisión, postulación, fecha de postulación, original recibido, recibido original, entregado,
        fecha de entrega, recibido para revisión, recibido para evaluación, sometido a publicación, fecha de
        remisión
    """,
    "revision_requested": """
        revisión solicitada, solicitud de revisión, modificaciones solicitadas, cambios solicitados, devuelto
        para revisión, devuelto a los autores, devuelto para correcciones, devuelto para modificaciones,
        devuelto con observaciones, devuelto al autor, devuelto a autores, solicitud de modificaciones,
        solicitud de correcciones, solicitud de cambios, correcciones solicitadas, enviado a corrección, enviado
        para corrección, solicitada revisión
    """,
    "resubmitted": """
        revisado, revisada, revisión, fecha de revisión, versión revisada, reenviado, versión revisada recibida,
        recibido en forma revisada, recibido en versión revisada, en forma revisada, versión final, versión
        final recibida, versión corregida recibida, recibido en forma final, modificado, recibida versión
        revisada, versión modificada, recibido con correcciones, recibido con modificaciones, versión
        definitiva, recibido revisado, revisiones recibidas, revisión recibida, modificación, fecha de
        modificación, fecha de revisado, recibido en su forma definitiva, recibido en su forma final, recibido
        en su versión final, recibido en su versión definitiva, recibido en forma definitiva, recibido en
        versión final, recibido en versión definitiva, recibido en versión corregida, recibido en forma
        corregida, recibido tras revisión, recibido tras revisiones, recibido después de revisión, versión
        corregida, versión modificada recibida, versión revisada enviada, versión definitiva recibida, revisión
        final, última revisión, última versión, última versión recibida, reenvío, fecha de reenvío, reformulado,
        reformulada, en su versión final, en versión revisada, recepción de la versión revisada, recepción
        versión revisada, correcciones recibidas, devuelto con correcciones, fecha de versión final, segunda
        versión, reingreso, reingresado, manuscrito corregido
    """,
    "accepted": """
        aceptado, aceptada, acepto, aceptados, aceptación, fecha de aceptación, aprobado, aprobada, aprobación,
        fecha de aprobación, aceptado para publicación, fecha aceptación, aceptado para su publicación, aceptado
        con modificaciones, aprobado para publicación, aceptado después de revisión, aceptado tras revisión,
        fecha de aprobado, fecha de aceptado, fecha aprobación, fecha aceptado, versión final aceptada, versión
        definitiva aceptada, versión revisada aceptada, aceptado con correcciones, aceptado con cambios,
        aceptado en su versión final, aceptado en versión revisada, aceptado en forma revisada, aceptado
        definitivamente, aceptación definitiva, aceptación final, aprobado para su publicación, aceptado para
        publicar, acogido
    """,
    "appeared": """
        publicado, publicada, publicación, fecha de publicación, fecha de publicado, fecha publicación
    """,
    "published": """
        publicación en esta colección, publicado en línea, en línea, disponible en línea, publicación en línea,
        publicado online, disponible online, disponible en internet, primera publicación, publicación
        electrónica, fecha de publicación en línea, puesto en línea, publicado on line, publicado
        electrónicamente, fecha de publicación electrónica, fecha de publicación online, publicación online,
        publicado en internet, publicado en web, publicado en la web, en línea desde, disponible en línea desde,
        disponible desde, on line, publicado por primera vez, publicación anticipada, publicado anticipadamente,
        avance en línea, online first, puesta en línea, aparecido en línea, difusión en línea
    """,
    "published_in_issue": """
        publicado en el número, publicación impresa, versión impresa, publicado impreso, fecha del número, fecha
        del fascículo
    """,
    "corrected": "corregido, corregida, corrección, fe de erratas, errata",
    "retracted": "retractado, retractada, retractación",
    "limit": "fecha límite, plazo, plazo límite, cierre, fecha de cierre, vencimiento, hasta el",
    "other": """
        evaluado, dictaminado, dictamen recibido, actualizado, en prensa, consultado, arbitrado, arbitraje,
        revisado por pares, evaluación, fecha de evaluación, dictamen, rechazado, última actualización, será
        publicado, inicio de evaluación, enviado a evaluación, enviado a revisión, en evaluación, aceptado
        provisionalmente, aceptado condicionalmente, aceptación condicional, aceptado con condiciones
    """,
}
