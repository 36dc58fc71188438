DROP TABLE IF EXISTS channel_claim_sale, channel_claim_candidate, channel_claim_piece, channel_claim_fact,
    channel_claim_worth, channel_claim_finding
